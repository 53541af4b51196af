import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startInTerminal } from './in-terminal.js';
import { runCatalog } from './run-catalog.js';
import { startServer } from './start-server.js';

const onPath = fileURLToPath(new URL('../../../bin/', import.meta.url));
const adminKey = randomBytes(32).toString('base64url');
const SECRET = /^pk_[A-Za-z\d]+_[\w-]+\n$/;

let api: RunningApi;
beforeAll(async () => {
  api = await startApi({ env: { AUTH: 'all', ADMIN_API_KEY: adminKey } });
});
afterAll(() => api?.stop());

const catalog = (args: readonly string[], apiKey: string | undefined = adminKey, stdin = '') =>
  runCatalog(args, { baseUrl: api.baseUrl, config: { apiKey }, stdin });

/** Creates a key for reading products, and returns it. */
async function createKey(...options: string[]): Promise<string> {
  const args = ['keys', 'create', 'checkout', '--scope', 'products:read', ...options];
  const { stdout } = await catalog(args);
  return stdout.trim();
}

const idOf = (key: string) => key.split('_')[1] ?? '';

test('a new key is the only text on standard output', async () => {
  const args = ['keys', 'create', 'checkout', '--scope', 'products:read', '--scope', 'stock:write'];
  const { exitCode, stdout, stderr } = await catalog([...args, '--expires', '2127-01-31']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(SECRET);
  expect(stderr).toBe(
    `Key ${idOf(stdout)} (checkout: products:read, stock:write) expires at 2127-01-31T00:00:00.000Z.\n` +
      'Keep its secret now: it is not shown again.\n',
  );
  const { stdout: json } = await catalog([...args, '--json']);
  expect(JSON.parse(json)).toMatchObject({
    name: 'checkout',
    scopes: ['products:read', 'stock:write'],
    expires_at: null,
    key: expect.stringMatching(/^pk_/),
  });
});

test('the list has no secrets', async () => {
  const key = await createKey();
  const { stdout } = await catalog(['keys', 'list']);
  expect(stdout).toMatch(/^ID +NAME +SCOPES +EXPIRES/);
  expect(stdout).toContain(idOf(key));
  const { stdout: csv } = await catalog([
    'keys',
    'list',
    '--output',
    'csv',
    '--columns',
    'id,scopes',
  ]);
  expect(csv).toContain(`${idOf(key)},products:read\r\n`);
  // A secret can have an underscore, too.
  const secret = key.slice(`pk_${idOf(key)}_`.length);
  expect(secret.length).toBeGreaterThan(20);
  expect(stdout + csv).not.toContain(secret);
});

test('the list marks expired keys', async () => {
  const key = { name: 'shop', scopes: ['admin'], created_at: '2026-01-01T00:00:00.000Z' };
  const items = ['2026-01-02T00:00:00.000Z', '2999-01-02T00:00:00.000Z', null].map(
    (expires_at, index) => ({ ...key, id: `key${index}`, expires_at }),
  );
  const baseUrl = await startServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ items }));
  });
  const { stdout } = await runCatalog(['keys', 'list', '--columns', 'expires_at'], { baseUrl });
  expect(stdout.split('\n').slice(1, -1)).toEqual([
    '2026-01-02T00:00:00.000Z (expired)',
    '2999-01-02T00:00:00.000Z',
    'never',
  ]);
});

test('a revoked key ends with 9, and the remedy', async () => {
  const key = await createKey();
  const list = ['products', 'list', '--limit', '1', '--json'];
  expect(await catalog(list, key)).toMatchObject({ exitCode: 0 });
  const revoked = await catalog(['keys', 'revoke', idOf(key)]);
  expect(revoked).toEqual({ exitCode: 0, stdout: `Revoked ${idOf(key)}\n`, stderr: '' });
  const outcome = await catalog(list, key);
  expect(outcome).toMatchObject({ exitCode: 9, stdout: '' });
  expect(outcome.stderr).toContain('Log in with catalog login, or set CATALOG_API_KEY');
  expect(await catalog(['keys', 'revoke', idOf(key)])).toMatchObject({ exitCode: 3 });
});

test('a key without the scope ends with 10, and names the scope', async () => {
  const key = await createKey();
  const outcome = await catalog(
    ['products', 'create', '--name', 'x', '--price', '1', '--stock', '1'],
    key,
  );
  expect(outcome).toMatchObject({ exitCode: 10, stdout: '' });
  expect(outcome.stderr).toContain('catalog keys create NAME --scope products:write');
});

test('a key can be read from standard input', async () => {
  const key = await createKey();
  const args = ['whoami', '--json', '--api-key-file', '-'];
  const { stdout } = await catalog(args, adminKey, `${key}\n`);
  expect(JSON.parse(stdout)).toMatchObject({ id: idOf(key), from: '--api-key-file' });
});

test.each([
  ['create', 'x', '--scope', 'admin'],
  ['rotate', 'x'],
])('a lost response to keys %s says that there may be a key without a secret', async (...args) => {
  const baseUrl = await startServer((request) => request.socket.destroy());
  const outcome = await runCatalog(['keys', ...args], { baseUrl });
  expect(outcome).toMatchObject({ exitCode: 6, stdout: '' });
  expect(outcome.stderr).toMatch(/^The key may have been made, .+ revoke it\.\nerror: /);
});

test('a secret that nobody reads is an error that names the key', async () => {
  const PATH = `${onPath}:${dirname(process.execPath)}:${process.env['PATH']}`;
  const env = { PATH, HOME: '/none', CATALOG_URL: api.baseUrl, CATALOG_API_KEY: adminKey };
  const create = 'catalog keys create unread --scope products:read';
  const terminal = startInTerminal(`{ ${create}; echo exit-$? >&2; } | true`, env);
  expect(await terminal.shows('exit-1')).toMatch(
    /error: The secret of key (\w{12}) .+ catalog keys revoke \1\r?\n/,
  );
});

test('a replaced key stays valid for the overlap', async () => {
  const [overlapping, replaced] = [await createKey(), await createKey()];
  const rotated = await catalog(['keys', 'rotate', idOf(overlapping), '--overlap', '1h']);
  expect(rotated.stdout).toMatch(SECRET);
  await catalog(['keys', 'rotate', idOf(replaced)]);
  const whoami = ['whoami', '--json'];
  const keys = [overlapping, rotated.stdout.trim(), replaced];
  const outcomes = await Promise.all(keys.map((key) => catalog(whoami, key)));
  expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 0, 9]);
});

test.each([
  [['keys', 'create', 'x'], 2, "required option '--scope <scope>' not specified"],
  [['keys', 'create', 'x', '--scope', 'products'], 2, 'Scope must be one of products:read'],
  [['keys', 'create', 'x', '--scope', 'admin', '--expires', 'soon'], 2, 'Expiry must be'],
  [['keys', 'create', ' ', '--scope', 'admin'], 4, 'name: Value error, Key name must not be empty'],
  [['keys', 'rotate', 'none', '--overlap', '90d'], 4, 'overlap_seconds: '],
  [['keys', 'rotate', 'none'], 3, 'API key not found'],
])('%j ends with %i', async (args, exitCode, message) => {
  const outcome = await catalog(args);
  expect(outcome).toMatchObject({ exitCode, stdout: '', stderr: expect.stringContaining(message) });
});
