import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { temporaryFolder } from '@product-api/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runToEnd } from './run-to-end.js';

/** Nothing listens there; the service starts without Redis. */
const UNUSED_REDIS_URL = 'redis://127.0.0.1:1';

const limit = { timeout: 60_000 };

/** Returns a launcher that runs a shell command in the working directory and then the service. */
const before = (command: string) => ['/bin/sh', '-c', `${command} "$@"`, 'sh'];

async function busyPort(): Promise<string> {
  const otherServer = createServer().listen(0, '127.0.0.1');
  await once(otherServer, 'listening');
  onTestFinished(() => void otherServer.close());
  const address = otherServer.address();
  if (typeof address !== 'object' || address === null) {
    throw new Error('The server has no port');
  }
  return `${address.port}`;
}

describe('a failed start ends with one line on standard error and exit code 1', limit, () => {
  test.each(['1', '2'])(
    'a port in use, before the database is created (%s processes)',
    async (WORKERS) => {
      const folder = await temporaryFolder();
      onTestFinished(() => folder.remove());
      const PORT = await busyPort();
      const databaseUrl = `file:${folder.file('data/catalog.db')}`;
      const { code, output } = await runToEnd({
        WORKERS,
        PORT,
        REDIS_URL: UNUSED_REDIS_URL,
        DATABASE_URL: databaseUrl,
      });
      expect(code).toBe(1);
      expect(output).toBe(
        `Port ${PORT} is in use on 127.0.0.1: stop the other program or set PORT\n`,
      );
      expect(existsSync(folder.file('data'))).toBe(false);
    },
  );

  test('a port in use, before an existing database is migrated', async () => {
    const folder = await temporaryFolder();
    onTestFinished(() => folder.remove());
    const file = folder.file('catalog.db');
    // SQLite takes an empty file for a new database.
    await writeFile(file, '');
    const PORT = await busyPort();
    const { code, output } = await runToEnd({ PORT, DATABASE_URL: `file:${file}` });
    expect({ code, output }).toEqual({
      code: 1,
      output: `Port ${PORT} is in use on 127.0.0.1: stop the other program or set PORT\n`,
    });
    expect(await readFile(file, 'utf8')).toBe('');
    expect(await readdir(folder.path)).toEqual(['catalog.db']);
  });

  test.each([
    ['203.0.113.1', /^203\.0\.113\.1 is not an address of this machine: set HOST to .*\n$/],
    ['nowhere.invalid', /^The host name nowhere\.invalid has no address: correct HOST, .*\n$/],
  ])('the host %s, which is not an address of this machine', async (HOST, text) => {
    const { code, output } = await runToEnd({ HOST, PORT: '0' });
    expect(code).toBe(1);
    expect(output).toMatch(text);
  });

  test.each([
    [
      'mkdir .env && exec',
      /^The settings in \/.*\/\.env cannot be read: EISDIR.*\. Correct the file or remove it\.\n$/,
    ],
    [
      'printf "SEED=false\\nPORT secret\\n" > .env && exec',
      /: line 2 is not NAME=value or a comment\. Correct/,
    ],
    [
      'printf "\\377\\376P\\000O\\000R\\000T" > .env && exec',
      /: line 1 is not NAME=value or a comment\. Correct/,
    ],
  ])('an invalid .env file (%s)', async (command, text) => {
    const { code, output } = await runToEnd({ PORT: await busyPort() }, before(command));
    expect(code).toBe(1);
    expect(output).toMatch(text);
    expect(output).not.toContain('secret');
    expect(output.trimEnd().split('\n')).toHaveLength(1);
  });

  test.each(['1', '2'])(
    'a database folder that cannot be created (%s processes)',
    async (WORKERS) => {
      const databaseUrl = 'file:/dev/null/data/catalog.db';
      const { code, output } = await runToEnd({
        WORKERS,
        REDIS_URL: UNUSED_REDIS_URL,
        DATABASE_URL: databaseUrl,
      });
      expect(code).toBe(1);
      expect(output).toMatch(/^\/dev\/null\/data\/catalog\.db cannot be opened: .*\n$/);
    },
  );

  test('the exit code is 1 although the output is a closed pipe', async () => {
    const PORT = await busyPort();
    // The reader of the pipe ends before the service starts.
    const withoutReader = before('rm -f p; mkfifo p; : < p & exec 3> p; wait; exec >&3;');
    const { code, errors } = await runToEnd({ PORT, CACHE_TTL: '1' }, [...withoutReader]);
    expect(code).toBe(1);
    expect(errors).toBe(
      `Port ${PORT} is in use on 127.0.0.1: stop the other program or set PORT\n`,
    );
    const all = before('rm -f p; mkfifo p; : < p & exec 3> p; wait; exec >&3 2>&3;');
    expect((await runToEnd({ PORT, CACHE_TTL: '1' }, [...all])).code).toBe(1);
  });
});

test('unknown variables that look like settings are logged without their values', async () => {
  const unknown = { CACHE_TTL: 'secret', REDIS_TIMEOUT: '5', REDIS_PORT: 'tcp://127.0.0.1:1' };
  const { output } = await runToEnd({ ...unknown, PORT: await busyPort() });
  expect(output).toMatch(/"variables":\["CACHE_TTL","REDIS_TIMEOUT"\],"msg":"unknown variables/);
  expect(output).not.toContain('secret');
});
