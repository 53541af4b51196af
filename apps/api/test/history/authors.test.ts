import { randomUUID } from 'node:crypto';
import type { HistoryPage, Product } from '@product-api/contract';
import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN_KEY, createKey, sendWithKey } from '../auth/keys.js';
import { describeDatabases } from '../describe-databases.js';
import { send } from '../raw-request.js';
import { mouse } from '../sample-product.js';

describeDatabases((catalog) => {
  let api: RunningApi;
  let keys: { readonly id: string; readonly key: string }[];
  beforeAll(async () => {
    const env = { AUTH: 'writes', ADMIN_API_KEY: ADMIN_KEY, DATABASE_URL: catalog().url };
    api = await startApi({ env });
    const scopes = ['products:write', 'stock:write'] as const;
    keys = [
      { id: 'admin', key: ADMIN_KEY },
      await createKey(api.baseUrl, scopes),
      await createKey(api.baseUrl, scopes),
    ];
  });
  afterAll(() => api?.stop());

  /** Sends a write with one of the keys, and returns the body of the response. */
  async function write(
    by: number,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Product> {
    const request = { method, path, body, headers };
    const { status, text } = await sendWithKey(api.baseUrl, request, keys[by]?.key);
    expect([200, 201, 204], text).toContain(status);
    return text === '' ? undefined : JSON.parse(text);
  }
  /** Returns the changes of a product, the oldest first, as `kind` and the number of the key. */
  async function authors(id: string): Promise<string[]> {
    const { text } = await sendWithKey(api.baseUrl, { path: `/products/${id}/history` });
    const page: HistoryPage = JSON.parse(text);
    return page.items
      .toReversed()
      .map(({ kind, changed_by }) => `${kind} ${keys.findIndex(({ id }) => id === changed_by)}`);
  }
  const byHand = (id: string) =>
    catalog().database.client.$executeRaw`
      UPDATE products SET stock_quantity = stock_quantity + 1
      WHERE CAST(id AS TEXT) = ${id}`;

  test('each write of a request is noted with its API key, and SQL by hand with none', async () => {
    const { id } = await write(0, 'POST', '/products', mouse);
    const path = `/products/${id}`;
    await write(1, 'PUT', path, { price: 5 });
    await byHand(id);
    await write(2, 'PATCH', path, { name: 'Desk' });
    await byHand(id);
    await write(1, 'POST', `${path}/stock-adjustments`, { delta: -1 });
    await byHand(id);
    await write(2, 'POST', '/stock-adjustments', { lines: [{ product_id: id, delta: -1 }] });
    await write(1, 'DELETE', path);
    await write(0, 'POST', `${path}/restore`, {});
    await write(2, 'POST', `${path}/restore`, { version: 1 });
    await byHand(id);
    expect(await authors(id)).toEqual([
      ...['create 0', 'update 1', 'update -1', 'update 2', 'update -1', 'update 1', 'update -1'],
      ...['update 2', 'delete 1', 'create 0', 'update 2', 'update -1'],
    ]);
  });

  test('a write with an idempotency key is noted once, with the API key of its first request', async () => {
    const keyed = { 'Idempotency-Key': randomUUID() };
    const twice = async (method: string, path: string, body?: unknown) => {
      await write(1, method, path, body, keyed);
      return write(1, method, path, body, keyed);
    };
    const { id } = await twice('POST', '/products', mouse);
    const path = `/products/${id}`;
    await write(2, 'PUT', path, { price: 5 }, keyed);
    await write(2, 'PUT', path, { price: 5 }, keyed);
    keyed['Idempotency-Key'] = randomUUID();
    await twice('POST', `${path}/stock-adjustments`, { delta: -1 });
    keyed['Idempotency-Key'] = randomUUID();
    await twice('DELETE', path);
    keyed['Idempotency-Key'] = randomUUID();
    await twice('POST', `${path}/restore`, {});
    await byHand(id);
    expect(await authors(id)).toEqual([
      ...['create 1', 'update 2', 'update 1', 'delete 1', 'create 1', 'update -1'],
    ]);
  });

  test('an import is noted with the API key of its request', async () => {
    const ids = [randomUUID(), randomUUID()];
    const lines = ids.map((id) => `${JSON.stringify({ ...mouse, id })}\n`).join('');
    const { status, text } = await sendImport(lines + lines.replaceAll('29.99', '7'));
    expect(status, text).toBe(200);
    for (const id of ids) {
      expect(await authors(id)).toEqual(['create 1', 'update 1']);
    }
  });

  async function sendImport(body: string) {
    const headers = {
      'Content-Type': 'application/x-ndjson',
      Authorization: `Bearer ${keys[1]?.key}`,
    };
    return send(api.baseUrl, { method: 'POST', path: '/imports/products', headers, body });
  }

  test.each([false, true])(
    'writes of several keys at the same time are each noted with their own (idempotent: %s)',
    async (isIdempotent) => {
      const headers = () => ({ ...(isIdempotent && { 'Idempotency-Key': randomUUID() }) });
      const created = await Promise.all(
        Array.from({ length: 12 }, async (_, index) => {
          const by = index % 3;
          const { id } = await write(by, 'POST', '/products', mouse, headers());
          return { id, by };
        }),
      );
      const other = (by: number) => (by + 1) % 3;
      const each = (change: (path: string, by: number) => Promise<unknown>) =>
        Promise.all(created.map(({ id, by }) => change(`/products/${id}`, by)));
      await each((path, by) => write(other(by), 'PUT', path, { price: 3 }, headers()));
      await each((path, by) =>
        write(by, 'POST', `${path}/stock-adjustments`, { delta: -1 }, headers()),
      );
      await each((path, by) => write(other(by), 'DELETE', path, undefined, headers()));
      await each((path, by) => write(by, 'POST', `${path}/restore`, {}, headers()));
      for (const { id, by } of created) {
        expect(await authors(id)).toEqual([
          ...[`create ${by}`, `update ${other(by)}`, `update ${by}`, `delete ${other(by)}`],
          `create ${by}`,
        ]);
      }
    },
  );

  test('with AUTH=off nobody is noted, whatever the header says', async () => {
    const open = await startApi({ env: { DATABASE_URL: catalog().url, ADMIN_API_KEY: ADMIN_KEY } });
    try {
      const request = { method: 'POST', path: '/products', body: mouse };
      const { id } = JSON.parse((await sendWithKey(open.baseUrl, request)).text);
      expect(await authors(id)).toEqual(['create -1']);
    } finally {
      await open.stop();
    }
  });
});
