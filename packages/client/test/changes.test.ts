import {
  eventually,
  freePort,
  type RunningApi,
  startApi,
  type TemporaryFolder,
  temporaryFolder,
} from '@product-api/testing';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Client, createClient, type Product } from '../src/index.js';
import { collect } from './collect.js';

const lamp = { name: 'Lamp', description: 'Warm light', price: 12.5, stock_quantity: 3 };
const enough = new Error('enough');

let folder: TemporaryFolder;
let env: Record<string, string>;
let api: RunningApi;
let client: Client;

beforeAll(async () => {
  folder = await temporaryFolder();
  // The same address and database after a restart.
  env = { DATABASE_URL: `file:${folder.file('products.db')}`, PORT: String(await freePort()) };
  api = await startApi({ env });
  client = createClient({ baseUrl: api.baseUrl, timeoutMs: 30_000, retry: { limit: 100 } });
});
afterAll(async () => {
  await end(api);
  await folder?.remove();
});

/** Ends a service at once: a stop waits for the connections that aborted requests leave behind. */
async function end(service: RunningApi | undefined): Promise<void> {
  service?.kill('SIGKILL');
  await service?.stop();
}

/** Ends the service in the middle of what runs, and starts it again. */
async function restart(signal: NodeJS.Signals): Promise<void> {
  api.kill(signal);
  await api.exit;
  api = await startApi({ env });
}

test('a page has the changes behind a cursor, with their products', async () => {
  const { next_cursor: after } = await client.changes.list();
  const { id } = await client.products.create(lamp);
  const other = await client.products.create(lamp);
  await client.products.delete(id);
  const page = await client.changes.list({ after, include: 'product', limit: 5 });
  expect(
    page.items.map((each) => [each.kind, each.product_id, each.version, each.product]),
  ).toEqual([
    ['create', id, 1, undefined],
    ['create', other.id, 1, other],
    ['delete', id, 2, undefined],
  ]);
  expect(page.next_cursor).toBe(page.items.at(-1)?.cursor);
  const deletions = await client.changes.list({ after, kind: 'delete', product_id: id });
  expect(deletions.items).toHaveLength(1);
});

test('a request that waits may take longer than the limit of a call', async () => {
  const impatient = createClient({ baseUrl: api.baseUrl, timeoutMs: 500, attemptTimeoutMs: 400 });
  const { next_cursor: after } = await impatient.changes.list();
  expect(await impatient.changes.list({ after, wait: 1 })).toMatchObject({ items: [] });
});

test('each change comes once and in order, through a stop and a kill of the service', async () => {
  const failures: string[] = [];
  const { id } = await client.products.create(lamp);
  const { next_cursor: after } = await client.changes.list();
  const onFailure = ({ error }: { readonly error: Error }) => void failures.push(error.name);
  const following = client.changes
    .follow({ after, productId: id, onFailure })
    .toArray({ limit: 60 });
  const writing = (async () => {
    for (let price = 1; price <= 60; price += 1) {
      await client.products.update(id, { price });
    }
  })();
  await restart('SIGTERM');
  await restart('SIGKILL');
  await writing;
  const versions = (await following).map(({ version }) => version);
  expect(versions).toEqual(Array.from({ length: 60 }, (_, index) => index + 2));
  expect(new Set(failures)).toContain('ConnectionError');
});

test('a copy is in step, also after changes without it, and for another database', async () => {
  const copy = new Map<string, Product>();
  let cursor: string | undefined;
  let copies = 0;
  const start = (of: Client) => {
    const stop = new AbortController();
    onTestFinished(() => stop.abort(enough));
    const ended = of.changes.sync({
      signal: stop.signal,
      store: {
        load: () => cursor,
        save(saved) {
          cursor = saved;
        },
      },
      handler: {
        async replaceAll(products) {
          copies += 1;
          copy.clear();
          for await (const product of products) {
            copy.set(product.id, product);
          }
        },
        put: (product) => void copy.set(product.id, product),
        remove: (id) => void copy.delete(id),
      },
    });
    return async () => {
      stop.abort(enough);
      await expect(ended).rejects.toBe(enough);
    };
  };
  const byId = (one: Product, other: Product) => (one.id < other.id ? -1 : 1);
  const expectInStep = (of: Client) =>
    eventually(async () => {
      const products = await collect(of.products.export());
      expect([...copy.values()].toSorted(byId)).toEqual(products.toSorted(byId));
    });
  const change = async () => {
    const kept = await client.products.create({ ...lamp, name: 'Kept' });
    const { id } = await client.products.create(lamp);
    await client.products.adjustStock(kept.id, -1);
    await client.products.delete(id);
  };

  const stop = start(client);
  await Promise.all([change(), restart('SIGKILL'), change()]);
  await expectInStep(client);
  await stop();
  await change();
  const stopAgain = start(client);
  await expectInStep(client);
  await stopAgain();
  expect(copies).toBe(1);

  const other = await startApi();
  onTestFinished(() => end(other));
  const ofOther = createClient({ baseUrl: other.baseUrl });
  const stopOther = start(ofOther);
  await expectInStep(ofOther);
  await stopOther();
  expect(copies).toBe(2);
});

test('a history has what each change replaced, and restores a deleted product and a version', async () => {
  const { id } = await client.products.create(lamp);
  await client.products.update(id, { price: 13, stock_quantity: 5 });
  await client.products.delete(id);
  const last = { ...lamp, price: 13, stock_quantity: 5 };
  const entries = await client.products.history(id, { pageSize: 2 }).toArray();
  expect(entries.map(({ version, kind, previous }) => [version, kind, previous])).toEqual([
    [3, 'delete', last],
    [2, 'update', { price: 12.5, stock_quantity: 3 }],
    [1, 'create', null],
  ]);
  const { data, headers } = await client.products.historyPage(id, { limit: 1 }).withResponse();
  expect(data).toEqual({ items: entries.slice(0, 1), next_cursor: expect.any(String) });
  const ifNoneMatch = headers.get('etag') ?? expect.unreachable();
  expect(await client.products.historyPage(id, { limit: 1 }, { ifNoneMatch })).toBeUndefined();

  expect(await client.products.restore(id)).toEqual({ id, ...last });
  const first = await client.products.restore(id, { version: 1, keepStock: true });
  expect(first).toEqual({ id, ...lamp, stock_quantity: 5 });
  const { etag } = await client.products.withEtag.get(id);
  await client.products.update(id, { price: 1 });
  await expect(client.products.restore(id, { version: 1, ifMatch: etag })).rejects.toMatchObject({
    name: 'PreconditionFailedError',
  });
  await expect(client.products.restore(id)).rejects.toMatchObject({
    name: 'ValidationError',
    errors: [{ field: 'version' }],
  });
  const idempotencyKey = `restore-${id}`;
  await client.products.restore(id, { version: 2, idempotencyKey });
  const again = await client.products.restore(id, { version: 2, idempotencyKey }).withResponse();
  expect(again).toMatchObject({ replayed: true, data: { price: 13 } });
});

test.each([
  ['an unknown product', 'x', undefined],
  ['an unknown version', undefined, 9],
])('the restoration of %s is a NotFoundError', async (_, given, version) => {
  const id = given ?? (await client.products.create(lamp)).id;
  const restoration = client.products.restore(id, { version });
  await expect(restoration).rejects.toMatchObject({ name: 'NotFoundError' });
});
