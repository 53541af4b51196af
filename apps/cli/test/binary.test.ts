import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startServer } from './start-server.js';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const onPath = fileURLToPath(new URL('../../../bin/', import.meta.url));

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.stop());

/** The environment of the command; the folder has no profiles. */
function settings(baseUrl: string): Record<string, string> {
  return { CATALOG_URL: baseUrl, XDG_CONFIG_HOME: join(tmpdir(), 'no-settings') };
}

function start(args: readonly string[], baseUrl = api.baseUrl): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [main, ...args], { env: settings(baseUrl) });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

function exitOf(child: ChildProcessWithoutNullStreams): Promise<number | NodeJS.Signals | null> {
  return new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)));
}

test('a product is read from standard input and printed on standard output', async () => {
  const child = start(['products', 'create', '--file', '-', '--json']);
  child.stdin.end('{"name":"Lamp 💡","description":"","price":5,"stock_quantity":1}');
  const [exitCode, output] = await Promise.all([exitOf(child), text(child.stdout)]);
  expect(exitCode).toBe(0);
  expect(JSON.parse(output)).toMatchObject({ name: 'Lamp 💡', price: 5 });
});

test('the folder bin puts the command on the PATH', async () => {
  const PATH = `${onPath}:${dirname(process.execPath)}:${process.env['PATH']}`;
  const child = spawn('catalog', ['products', 'list', '--json', '--limit', '1'], {
    cwd: tmpdir(),
    env: { PATH, ...settings(api.baseUrl) },
  });
  expect(JSON.parse(await text(child.stdout))).toHaveProperty('price');
});

test('an error is printed on standard error and sets the exit code', async () => {
  const child = start(['products', 'get', 'none']);
  const [exitCode, output, error] = await Promise.all([
    exitOf(child),
    text(child.stdout),
    text(child.stderr),
  ]);
  expect([exitCode, output]).toEqual([3, '']);
  expect(error).toContain('error: Product not found');
});

test('a reader that closes the pipe early (head) is not an error', async () => {
  const child = start(['products', 'list', '--all', '--page-size', '1', '--json']);
  child.stdout.destroy();
  const [exitCode, error] = await Promise.all([exitOf(child), text(child.stderr)]);
  expect([exitCode, error]).toEqual([0, '']);
});

test('Ctrl-C during a request ends the command by the signal, exit code 130 in a shell', async () => {
  const baseUrl = await startServer(() => child.kill('SIGINT'));
  const child = start(['products', 'list'], baseUrl);
  expect(await exitOf(child)).toBe('SIGINT');
});
