import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const execute = promisify(execFile);

test('returns the exit code of the program', async () => {
  expect(await output('process.exit(7)', '{}')).toBe('code 7\n');
});

test('shows no output of a quiet program that succeeds in time', async () => {
  expect(await output("console.log('built')", '{ quietMs: 10000 }')).toBe('code 0\n');
});

test('shows the whole output of a quiet program that fails, on standard error', async () => {
  const failing = "console.log('broken'); process.exitCode = 1";
  expect(await outputs(failing, '{ quietMs: 10000 }')).toEqual(['code 1\n', 'broken\n']);
});

test('shows the output at once after the quiet time', async () => {
  const slow = "console.log('one'); setTimeout(() => console.log('two'), 100)";
  expect(await outputs(slow, '{ quietMs: 1 }')).toEqual(['code 0\n', 'one\ntwo\n']);
});

test('writes the output of a program to another stream', async () => {
  const program = "console.log('one')";
  expect(await outputs(program, '{ output: process.stderr }')).toEqual(['code 0\n', 'one\n']);
});

test('forwards a signal to the program and waits for its end', async () => {
  const waiting =
    "process.on('SIGTERM', () => process.exit(9)); console.log('up'); setInterval(() => {}, 1000)";
  const parent = spawn(process.execPath, ['--input-type=module', '-e', caller(waiting, '{}')]);
  const written: string[] = [];
  parent.stdout.on('data', (chunk) => written.push(String(chunk)));
  await once(parent.stdout, 'data');
  parent.kill('SIGTERM');
  await once(parent, 'close');
  expect(written.join('')).toBe('up\ncode 9\n');
});

async function output(program: string, options: string): Promise<string> {
  const [written] = await outputs(program, options);
  return written;
}

/** Returns what a call of `run` writes to standard output and to standard error. */
async function outputs(program: string, options: string): Promise<[string, string]> {
  const args = ['--input-type=module', '-e', caller(program, options)];
  const { stdout, stderr } = await execute(process.execPath, args);
  return [stdout, stderr];
}

/**
 * Returns a program that calls `run`, in its own process because `run` uses the standard streams.
 */
function caller(program: string, options: string): string {
  return `
    import { run } from ${JSON.stringify(new URL('./run.js', import.meta.url).href)};
    const options = { cwd: process.cwd(), ...${options} };
    const code = await run(process.execPath, ['-e', ${JSON.stringify(program)}], options);
    console.log('code ' + code);
  `;
}
