import { relative } from 'node:path';
import { eventually, freePort, startServerProcess, temporaryFolder } from '@product-api/testing';
import { expect, onTestFinished, test } from 'vitest';
import { repository } from '../repository.js';

const program = `
  import { watchService } from ${JSON.stringify(new URL('./watch-service.js', import.meta.url).href)};
  await watchService();
`;

const limit = { timeout: 150_000 };

test(
  'the sources are served with the settings and the database of the root folder',
  limit,
  async () => {
    const folder = await temporaryFolder();
    onTestFinished(() => folder.remove());
    const file = folder.file('catalog.db');
    const baseUrl = `http://127.0.0.1:${await freePort()}`;
    const dev = await startServerProcess({
      name: 'node',
      program: process.execPath,
      args: ['--input-type=module', '-e', program],
      cwd: folder.path,
      env: {
        ...process.env,
        PORT: new URL(baseUrl).port,
        // Relative paths start at the root folder, as for npm start.
        DATABASE_URL: `file:${relative(repository, file)}`,
        REDIS_URL: '',
        LOG_LEVEL: 'info',
      },
      timeoutMs: 90_000,
      isReady: async () => (await fetch(`${baseUrl}/health/live`)).ok,
    });
    onTestFinished(async () => {
      dev.signal('SIGTERM');
      await dev.exit;
    });
    await eventually(() => expect(dev.lines.join('\n')).toContain(`"database":"file:${file}"`));

    dev.signal('SIGTERM');
    await dev.exit;
    await expect(fetch(`${baseUrl}/health/live`)).rejects.toThrow();
  },
);
