import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { temporaryFolder } from '@product-api/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runToEnd } from './run-to-end.js';

/** Nobody listens there: a start does not need Redis. */
const redisUrl = 'redis://127.0.0.1:1';

const limit = { timeout: 60_000 };

/** Runs a shell command in the working directory of the service before it, with `$@` for the service. */
const before = (command: string) => ['/bin/sh', '-c', `${command} "$@"`, 'sh'];

async function busyPort(): Promise<string> {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  onTestFinished(() => void squatter.close());
  const address = squatter.address();
  if (typeof address !== 'object' || address === null) {
    throw new Error('It should have a port');
  }
  return `${address.port}`;
}

describe('a fault at the start is one line on standard error, and exit code 1', limit, () => {
  test.each(['1', '2'])(
    'a port in use, which %s processes find before they touch the database',
    async (WORKERS) => {
      const folder = await temporaryFolder();
      onTestFinished(() => folder.remove());
      const PORT = await busyPort();
      const databaseUrl = `file:${folder.file('data/catalog.db')}`;
      const { code, output } = await runToEnd({
        WORKERS,
        PORT,
        REDIS_URL: redisUrl,
        DATABASE_URL: databaseUrl,
      });
      expect(code).toBe(1);
      expect(output).toBe(
        `Port ${PORT} is in use on 127.0.0.1: stop the other program or set PORT\n`,
      );
      expect(existsSync(folder.file('data'))).toBe(false);
    },
  );

  test.each([
    ['203.0.113.1', /^203\.0\.113\.1 is not an address of this machine: set HOST to .*\n$/],
    ['nowhere.invalid', /^The host name nowhere\.invalid has no address: correct HOST, .*\n$/],
  ])('the host %s', async (HOST, text) => {
    const { code, output } = await runToEnd({ HOST, PORT: '0', REDIS_URL: redisUrl });
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
  ])('a .env file that cannot be read (%s)', async (command, text) => {
    const { code, output } = await runToEnd({ PORT: await busyPort() }, before(command));
    expect(code).toBe(1);
    expect(output).toMatch(text);
    expect(output).not.toContain('secret');
    expect(output.trimEnd().split('\n')).toHaveLength(1);
  });

  test.each(['1', '2'])(
    'a database folder that cannot be made, with %s processes',
    async (WORKERS) => {
      const databaseUrl = 'file:/dev/null/data/catalog.db';
      const { code, output } = await runToEnd({
        WORKERS,
        REDIS_URL: redisUrl,
        DATABASE_URL: databaseUrl,
      });
      expect(code).toBe(1);
      expect(output).toMatch(/^\/dev\/null\/data\/catalog\.db cannot be opened: .*\n$/);
    },
  );

  test('a pipe that nobody reads takes nothing from the exit code', async () => {
    const PORT = await busyPort();
    // The reader of the pipe ends before the service begins.
    const deaf = before('rm -f p; mkfifo p; : < p & exec 3> p; wait; exec >&3;');
    const { code, errors } = await runToEnd({ PORT, CACHE_TTL: '1' }, [...deaf]);
    expect(code).toBe(1);
    expect(errors).toBe(
      `Port ${PORT} is in use on 127.0.0.1: stop the other program or set PORT\n`,
    );
    const all = before('rm -f p; mkfifo p; : < p & exec 3> p; wait; exec >&3 2>&3;');
    expect((await runToEnd({ PORT, CACHE_TTL: '1' }, [...all])).code).toBe(1);
  });
});

test('variables that begin like ours and are not known are named, and their values not shown', async () => {
  const strangers = { CACHE_TTL: 'secret', REDIS_TIMEOUT: '5', REDIS_PORT: 'tcp://127.0.0.1:1' };
  const { output } = await runToEnd({ ...strangers, PORT: await busyPort() });
  expect(output).toMatch(/"variables":\["CACHE_TTL","REDIS_TIMEOUT"\],"msg":"unknown variables/);
  expect(output).not.toContain('secret');
});
