import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { describe, expect, it as test } from 'vitest';

const execute = promisify(execFile);

describe('run', () => {
  test('answers the exit code of the program', async () => {
    expect(await output('process.exit(7)', '{}')).toBe('code 7\n');
  });

  test('shows nothing of a quiet program that ends well in time', async () => {
    expect(await output("console.log('built')", '{ quietMs: 10000 }')).toBe('code 0\n');
  });

  test('shows all that a quiet program wrote when it fails', async () => {
    const failing = "console.log('broken'); process.exitCode = 1";
    expect(await output(failing, '{ quietMs: 10000 }')).toBe('broken\ncode 1\n');
  });

  test('shows the rest as it comes once the quiet time is over', async () => {
    const slow = "console.log('one'); setTimeout(() => console.log('two'), 100)";
    expect(await output(slow, '{ quietMs: 1 }')).toBe('one\ntwo\ncode 0\n');
  });

  test('passes a signal on and leaves no program behind', async () => {
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
});

async function output(program: string, options: string): Promise<string> {
  const { stdout } = await execute(process.execPath, [
    '--input-type=module',
    '-e',
    caller(program, options),
  ]);
  return stdout;
}

/** A program that runs another one with `run`, because `run` uses the standard streams. */
function caller(program: string, options: string): string {
  return `
    import { run } from ${JSON.stringify(new URL('./run.js', import.meta.url).href)};
    const options = { cwd: process.cwd(), ...${options} };
    const code = await run(process.execPath, ['-e', ${JSON.stringify(program)}], options);
    console.log('code ' + code);
  `;
}
