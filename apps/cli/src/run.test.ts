import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { freePort } from '@product-api/testing';
import { expect, test } from 'vitest';
import { runCatalog } from '../test/run-catalog.js';
import { startServer } from '../test/start-server.js';
import { InterruptedError } from './errors.js';

const BASE_URL = 'http://127.0.0.1:1';
const commands = ['get', 'create', 'update', 'delete', 'list', 'export', 'import'].map((name) => [
  'products',
  name,
]);

test.each([[[]], [['products']], ...commands.map((words) => [words])])(
  '--help of %j shows examples and exit codes',
  async (words) => {
    const { exitCode, stdout, stderr } = await runCatalog([...words, '--help'], {
      baseUrl: BASE_URL,
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain(['Usage: catalog', ...words].join(' '));
    expect(stdout).toContain('--base-url');
    expect(stdout).toMatch(/Examples:\n {2}\$ catalog/);
    expect(stdout).toMatch(/Exit codes:\n {2}0 +success\n/);
  },
);

test.each([
  [[]],
  [['products']],
  [['products', 'lost']],
  [['products', 'get']],
  [['products', 'get', '1', '2', '--etag']],
  [['products', 'list', '--unknown']],
  [['products', 'list', '--timeout', '0']],
  [['products', 'list', '--base-url', 'nowhere']],
])('%j is a usage error (exit code 2)', async (words) => {
  const { exitCode, stdout, stderr } = await runCatalog(words, { baseUrl: BASE_URL });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).not.toBe('');
});

test('--version prints the version', async () => {
  expect(await runCatalog(['--version'], { baseUrl: BASE_URL })).toMatchObject({
    stdout: '1.2.3\n',
  });
});

test('a connection refused ends with 6 and shows the base URL', async () => {
  const unusedUrl = `http://127.0.0.1:${await freePort()}`;
  const outcome = await runCatalog(['products', 'list'], { baseUrl: unusedUrl });
  expect(outcome).toMatchObject({ exitCode: 6, stdout: '' });
  expect(outcome.stderr).toContain(unusedUrl);
  expect(outcome.stderr).toContain('ECONNREFUSED');
  expect(outcome.stderr).toContain('CATALOG_URL');
});

test.each([
  'http://user:secret@127.0.0.1:1',
  'http//user:secret@127.0.0.1',
  'user:secret@127.0.0.1',
  'postgres://user:secret@127.0.0.1',
  'http://127.0.0.1:secret',
])('the base URL %s is refused and not shown', async (address) => {
  const words = ['products', 'list'];
  for (const outcome of [
    await runCatalog(words, { baseUrl: address }),
    await runCatalog([...words, '--help'], { baseUrl: address }),
  ]) {
    expect(outcome.stdout + outcome.stderr).not.toContain('secret');
  }
  expect(await runCatalog(words, { baseUrl: address })).toMatchObject({ exitCode: 2, stdout: '' });
});

test.each([
  ['http://user:secret@127.0.0.1'],
  ['products', 'list', '--bass-url=http://127.0.0.1/secret'],
  ['products', 'list', '--headers=Authorization: secret'],
  ['products', 'list', '--header', 'secret'],
  ['products', 'list', '--sort', 'http://user:secret@127.0.0.1'],
  ['products', 'list', '--limit', 'http://user:secret@127.0.0.1'],
  ['products', 'create', '--file', 'http://user:secret@127.0.0.1'],
  ['http://user:secret@127.0.0.1', 'products', 'list'],
])('a password in the arguments %j is not shown', async (...words) => {
  const outcome = await runCatalog(words, { baseUrl: BASE_URL });
  expect(outcome).toMatchObject({ exitCode: 2, stdout: '' });
  expect(outcome.stderr).toMatch(/^error: \S/);
  expect(outcome.stderr).not.toContain('secret');
});

test('a password in an id is not shown', async () => {
  const unusedUrl = `http://127.0.0.1:${await freePort()}`;
  const outcome = await runCatalog(['products', 'get', 'http://user:secret@127.0.0.1'], {
    baseUrl: unusedUrl,
  });
  expect(outcome).toMatchObject({ exitCode: 6, stdout: '' });
  expect(outcome.stderr).not.toContain('secret');
});

test('requests have the headers of the options and of the environment', async () => {
  const received: IncomingHttpHeaders[] = [];
  const baseUrl = await startServer((request, response) => {
    received.push(request.headers);
    response.end();
  });
  const words = ['--header', 'Authorization: Bearer abc', '--header', 'X-Shop: 2', 'products'];
  await runCatalog([...words, 'list'], { baseUrl, headers: 'X-Shop: 1\nX-Client: till' });
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({
    authorization: 'Bearer abc',
    'x-shop': '2',
    'x-client': 'till',
  });
});

test('a base URL without http:// is refused with the right one', async () => {
  const { stderr } = await runCatalog(['products', 'list', '--base-url', 'localhost:8080'], {
    baseUrl: BASE_URL,
  });
  expect(stderr).toBe(
    'error: Base URL (--base-url or CATALOG_URL) must begin with http:// or https://. ' +
      'Did you mean http://localhost:8080?\n',
  );
});

test.each([
  ['create --name x --stock 1 --price abc', 'Price must be a number: abc'],
  ['create --name', 'Option --name <text> needs a value'],
  ['create --file /none.json', '/none.json cannot be read: no such file or directory'],
  ['list --limit 0', 'Limit must be a whole number above zero: 0'],
  ['get', "missing required argument 'ids'"],
])('products %s: %s', async (words, message) => {
  expect(await runCatalog(['products', ...words.split(' ')], { baseUrl: BASE_URL })).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `error: ${message}\n`,
  });
});

test('the help of every command fits 60 columns', async () => {
  const others = ['login', 'profiles', 'whoami', 'keys create', 'keys rotate', 'stock ledger'];
  for (const words of [[], ['products'], ...commands, ...others.map((each) => each.split(' '))]) {
    const { stdout } = await runCatalog([...words, '--help'], { baseUrl: BASE_URL, columns: 60 });
    const [usage = ''] = stdout.split('\n\nExamples:');
    expect(Math.max(...usage.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(60);
  }
});

test('a service that does not respond ends with 6', async () => {
  const silent = await startServer(() => {});
  const words = ['--timeout', '0.05', 'products', 'list'];
  const outcome = await runCatalog(words, { baseUrl: silent });
  expect(outcome).toMatchObject({ exitCode: 6 });
  expect(outcome.stderr).toContain('No complete response within 50 ms');
});

test('an internal error of the service ends with 7 and shows the request id', async () => {
  const failing = await startServer((_, response) => {
    const problem = {
      type: 'urn:product-api:problem:internal-error',
      title: 'Internal server error',
      status: 500,
      detail: 'Internal server error',
      request_id: 'request-1',
    };
    response.writeHead(500, { 'content-type': 'application/problem+json' });
    response.end(JSON.stringify(problem));
  });
  const outcome = await runCatalog(['products', 'list'], { baseUrl: failing });
  expect(outcome).toMatchObject({ exitCode: 7 });
  expect(outcome.stderr).toMatch(/^error: Internal server error\n.+request id request-1\n$/);
});

test('a server that is not a catalog ends with 1', async () => {
  const website = await startServer((_, response) => {
    response.end('<html>Welcome</html>');
  });
  const outcome = await runCatalog(['products', 'list'], { baseUrl: website });
  expect(outcome).toMatchObject({ exitCode: 1, stdout: '' });
  expect(outcome.stderr).toContain('error: The response is not JSON');
});

test.each([401, 403])('a proxy that responds %i gets advice about credentials', async (status) => {
  const proxy = await startServer((_, response) => {
    response.writeHead(status, { 'content-type': 'text/html' }).end('<html>No</html>');
  });
  const { stderr } = await runCatalog(['products', 'list'], { baseUrl: proxy });
  expect(stderr).toContain(String(status));
  expect(stderr).toContain('\n  Log in with catalog login, or set CATALOG_API_KEY');
  expect(stderr).not.toContain('undefined');
});

test('an interruption ends with 130 and prints nothing', async () => {
  const interruption = new AbortController();
  const silent = await startServer(() => interruption.abort(new InterruptedError()));
  const { signal } = interruption;
  expect(await runCatalog(['products', 'list'], { baseUrl: silent, signal })).toEqual({
    exitCode: 130,
    stdout: '',
    stderr: '',
  });
});

test.each([
  [['products', 'get', '-']],
  [['products', 'create', '--file', '-']],
  [['whoami', '--api-key-file', '-']],
])('an interruption of %j, which reads standard input, does too', async (words) => {
  const interruption = new AbortController();
  const stdin = new Readable({ read: () => interruption.abort(new InterruptedError()) });
  const { signal } = interruption;
  expect(await runCatalog(words, { baseUrl: BASE_URL, stdin, signal })).toEqual({
    exitCode: 130,
    stdout: '',
    stderr: '',
  });
});
