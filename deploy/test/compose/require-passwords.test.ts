import { execFile } from 'node:child_process';
import { expect, test } from 'vitest';
import { repositoryPath } from '../repository-file.ts';

const GOOD = 'a1-B2_c3d4e5f6g7h8';

/** Runs the check, and returns its exit code and what it wrote. */
function requirePasswords(env: Record<string, string>): Promise<{ code: number; stderr: string }> {
  const script = repositoryPath('deploy/compose/require-passwords.sh');
  return new Promise((resolve) => {
    const child = execFile('sh', [script], { env }, (_, __, stderr) =>
      resolve({ code: child.exitCode ?? -1, stderr }),
    );
  });
}

const good = {
  SCALE_POSTGRES_PASSWORD: GOOD,
  SCALE_REDIS_PASSWORD: GOOD,
  SCALE_REDIS_REPLICATION_PASSWORD: GOOD,
};

test('good passwords are accepted', async () => {
  expect(await requirePasswords(good)).toEqual({ code: 0, stderr: '' });
});

test.each([
  ['', 'should be a password, but is not set'],
  ['abc', 'should have at least 16 characters'],
  [`${GOOD}@host`, 'should have only letters, digits, _ and -'],
  [`${GOOD} x`, 'should have only letters, digits, _ and -'],
  ['$(touch /tmp/x)aaaaaaa', 'should have only letters, digits, _ and -'],
])('the password %j is refused, and not shown', async (password, fault) => {
  const { code, stderr } = await requirePasswords({ ...good, SCALE_REDIS_PASSWORD: password });
  expect(code).toBe(1);
  expect(stderr).toBe(
    `SCALE_REDIS_PASSWORD: ${fault}. Set it in .env, for example to the output of: openssl rand -hex 24\n`,
  );
});

test('all missing passwords are reported', async () => {
  const { code, stderr } = await requirePasswords({});
  expect([code, stderr.trim().split('\n').length]).toEqual([1, 3]);
});
