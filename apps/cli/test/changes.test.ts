import { readFile, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Client, createClient } from '@product-api/client';
import {
  eventually,
  freePort,
  type RunningApi,
  startApi,
  type TemporaryFolder,
  temporaryFolder,
} from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCatalog } from './run-catalog.js';
import { startCommand } from './run-process.js';
import { startServer } from './start-server.js';

const lamp = { name: 'Lamp', description: '', price: 12.5, stock_quantity: 3 };
const CURSOR = /[\w-]{4,}/;

let folder: TemporaryFolder;
let env: Record<string, string>;
let api: RunningApi;
let client: Client;

beforeAll(async () => {
  folder = await temporaryFolder();
  // The same address and database after a restart.
  env = { DATABASE_URL: `file:${folder.file('products.db')}`, PORT: String(await freePort()) };
  api = await startApi({ env });
  client = createClient({ baseUrl: api.baseUrl });
});
afterAll(async () => {
  await api?.stop();
  await folder?.remove();
});

const catalog = (...args: string[]) => runCatalog(args, { baseUrl: api.baseUrl });
const follow = (...args: string[]) =>
  startCommand(['changes', 'follow', ...args], { CATALOG_URL: api.baseUrl });

/** Returns the cursor of the end of the feed. */
async function cursorOfNow(): Promise<string> {
  return (await client.changes.list()).next_cursor;
}

/** Creates a product and changes it twice; returns its id. */
async function changeThrice(name = 'Lamp'): Promise<string> {
  const { id } = await client.products.create({ ...lamp, name });
  await client.products.update(id, { price: 13 });
  await client.products.delete(id);
  return id;
}

test('a list without a cursor is empty, and says where the feed is', async () => {
  const { exitCode, stdout, stderr } = await catalog('changes', 'list', '--json');
  expect([exitCode, stdout]).toEqual([0, '']);
  expect(stderr).toBe(`Go on: catalog changes list --after ${await cursorOfNow()}\n`);
});

test('a list behind a cursor is a table, CSV, or JSON lines', async () => {
  const after = await cursorOfNow();
  const id = await changeThrice();
  const other = await client.products.create({ ...lamp, name: 'Other' });
  const list = (...args: string[]) => catalog('changes', 'list', '--after', after, ...args);
  const { stdout } = await list('--product', id);
  const rows = stdout.replaceAll(/\d{4}-\S+Z/g, 'AT').split('\n');
  expect(rows[0]).toMatch(/^TIME +KIND +PRODUCT +VERSION/);
  expect(rows.slice(1).map((row) => row.split(/ +/).slice(0, 4))).toEqual([
    ['AT', 'create', id, '1'],
    ['AT', 'update', id, '2'],
    ['AT', 'delete', id, '3'],
    [''],
  ]);
  const { stdout: json } = await list('--with-products', '--kind', 'create', '--json');
  const changes = json
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(changes.map(({ product_id, product }) => [product_id, product])).toEqual([
    [id, undefined],
    [other.id, other],
  ]);
  const columns = ['--columns', 'kind,product', '--with-products', '--output', 'csv'];
  expect((await list('--kind', 'create', ...columns)).stdout).toBe(
    `kind,product\r\ncreate,\r\ncreate,"${JSON.stringify(other).replaceAll('"', '""')}"\r\n`,
  );
});

test('a list goes on where the one before ended, with a file for the cursor', async () => {
  const file = folder.file('list.cursor');
  const list = async (...args: string[]) => {
    const { stdout } = await catalog('changes', 'list', '--json', '--cursor-file', file, ...args);
    return stdout.split('\n').flatMap((line) => (line === '' ? [] : JSON.parse(line).version));
  };
  expect(await list()).toEqual([]);
  await changeThrice();
  expect(await list('--limit', '2')).toEqual([1, 2]);
  expect(await list()).toEqual([3]);
  expect(await list()).toEqual([]);
});

test('an export and the changes behind its cursor are exact together', async () => {
  const [copy, cursor] = [folder.file('copy.ndjson'), folder.file('copy.cursor')];
  await catalog('products', 'export', copy, '--cursor-file', cursor);
  const id = await changeThrice();
  const { stdout } = await catalog('changes', 'list', '--cursor-file', cursor);
  expect(await readFile(copy, 'utf8')).not.toContain(id);
  expect(stdout.split('\n').filter((line) => line.includes(id))).toHaveLength(3);
});

test('changes are printed when they come; Ctrl-C says how to go on', async () => {
  const after = await cursorOfNow();
  const following = follow('--after', after);
  const id = await changeThrice();
  const [first, , third] = await following.lines(3);
  expect(first).toMatch(new RegExp(`^\\d{4}-\\S+Z  create  ${id}  version 1$`));
  expect(third).toContain(`delete  ${id}  version 3`);
  following.signal('SIGINT');
  expect(await following.exit).toBe('SIGINT');
  expect(await following.says('To go on')).toBe(
    `To go on from here, give the same command again with --after ${await cursorOfNow()}\n`,
  );
});

test('after a restart of the service and of the command, no change is missing', async () => {
  const file = folder.file('follow.cursor');
  const following = follow('--json', '--cursor-file', file);
  await eventually(async () => expect(await readFile(file, 'utf8')).toMatch(CURSOR));
  await changeThrice('First');
  await following.lines(3);
  api.kill('SIGKILL');
  await api.exit;
  await following.says('The service cannot be reached: trying again (Ctrl-C ends it).\n');
  api = await startApi({ env });
  await changeThrice('Second');
  const lines = await following.lines(6);
  expect(lines.map((line) => JSON.parse(line).version)).toEqual([1, 2, 3, 1, 2, 3]);
  await following.says('The service responds again.\n');
  // A change whose cursor was not kept yet would come again.
  const { cursor } = JSON.parse(lines.at(-1) ?? '');
  await eventually(async () => expect(await readFile(file, 'utf8')).toBe(`${cursor}\n`));
  following.signal('SIGKILL');
  await following.exit;
  const id = await changeThrice('Third');
  const next = await follow('--json', '--cursor-file', file).lines(3);
  expect(next.map((line) => JSON.parse(line).product_id)).toEqual([id, id, id]);
});

/** Starts a receiver that responds with these statuses, and then with 204. */
async function startReceiver(...statuses: number[]) {
  const received: { readonly body: string; readonly headers: IncomingMessage['headers'] }[] = [];
  const url = await startServer(async (request, response) => {
    received.push({ body: await text(request), headers: request.headers });
    response.writeHead(statuses[received.length - 1] ?? 204, { location: '/else' }).end();
  });
  const versions = () => received.map(({ body }) => JSON.parse(body).version);
  return { url: `${url}/hook?token=secret`, received, versions };
}

test('changes are forwarded one by one, each until it is accepted, without the key', async () => {
  const receiver = await startReceiver(503, 200, 429, 204);
  const args = ['changes', 'follow', '--json', '--forward-to', receiver.url];
  const following = startCommand([...args, '--after', await cursorOfNow()], {
    CATALOG_URL: api.baseUrl,
    CATALOG_API_KEY: 'pk_secret',
    CATALOG_HEADERS: 'X-Shop: 1',
    CATALOG_FORWARD_HEADERS: 'X-Hook: 1',
  });
  const after = await changeThrice();
  const lines = await following.lines(3);
  expect(receiver.versions()).toEqual([1, 1, 2, 2, 3]);
  expect(lines).toEqual([1, 3, 4].map((index) => receiver.received[index]?.body));
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ product_id: after, kind: 'create' });
  const headers = receiver.received.map(({ headers }) => headers);
  expect(headers[0]).toMatchObject({ 'content-type': 'application/json', 'x-hook': '1' });
  expect(JSON.stringify(headers)).not.toMatch(/pk_secret|authorization|x-shop/i);
  const stderr = await following.says('The receiver returned 429: trying again');
  expect(stderr).not.toContain('token');
});

test.each([400, 302])('a receiver that responds with %i ends it with 13', async (status) => {
  const file = folder.file(`refused-${status}.cursor`);
  await writeFile(file, await cursorOfNow());
  await changeThrice();
  const refusing = await startReceiver(204, status);
  const args = ['--cursor-file', file, '--forward-to', refusing.url];
  const refused = await catalog('changes', 'follow', ...args);
  expect(refused).toMatchObject({
    exitCode: 13,
    stderr:
      'To go on from here, give the same command again\n' +
      `error: The receiver of --forward-to returned ${status}\n`,
  });
  expect(refused.stdout.split('\n')).toHaveLength(2);
  const receiver = await startReceiver();
  await follow('--cursor-file', file, '--forward-to', receiver.url).lines(2);
  expect(receiver.versions()).toEqual([2, 3]);
});

test.each(['list', 'follow'])('changes %s with an expired cursor ends with 12', async (command) => {
  const detail = 'The cursor is of another database';
  const baseUrl = await startServer((_request, response) => {
    response.writeHead(410, { 'content-type': 'application/problem+json' });
    const type = 'urn:product-api:problem:changes-expired';
    response.end(JSON.stringify({ type, title: '', status: 410, detail, earliest_cursor: 'c9' }));
  });
  const args = ['changes', command, '--after', 'c1', '--json'];
  expect(await runCatalog(args, { baseUrl })).toEqual({
    exitCode: 12,
    stdout: '',
    stderr:
      `error: ${detail}\n  The earliest change that is left is behind the cursor c9\n` +
      '  What happened before it is lost here: export the products again, with --cursor-file.\n',
  });
});

test.each([
  [['--after', 'a', '--cursor-file', 'b'], 2, 'cannot be used with'],
  [['--kind', 'removal'], 2, 'Kind must be one of create, update, delete: removal'],
  [['--cursor-file', '/'], 2, '/ (--cursor-file) cannot be read'],
  [['--after', 'no cursor'], 4, 'after: '],
  [['--product', 'x'], 4, 'product_id: '],
])('changes list %j ends with %i', async (args, exitCode, message) => {
  expect(await catalog('changes', 'list', ...args)).toMatchObject({
    exitCode,
    stdout: '',
    stderr: expect.stringContaining(message),
  });
});

test.each(['example.com', 'ftp://example.com/', 'http://me:secret@example.com/'])(
  'changes are not forwarded to %s',
  async (url) => {
    const { exitCode, stderr } = await catalog('changes', 'follow', '--forward-to', url);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error: --forward-to must/);
    expect(stderr).not.toContain('secret@');
  },
);
