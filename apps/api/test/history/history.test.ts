import { randomUUID } from 'node:crypto';
import type { Dialect } from '@product-api/database';
import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeDatabases } from '../describe-databases.js';
import { send, sendJson } from '../raw-request.js';
import { mouse, UNKNOWN_ID } from '../sample-product.js';
import { historyRequests } from './history-requests.js';

/** Reads the numbers of the log's entries, which only readers of the log give on PostgreSQL. */
const countWithoutNumber: Readonly<Record<Dialect, string>> = {
  sqlite: 'SELECT 0 AS count',
  postgresql: 'SELECT count(*) AS count FROM product_changes WHERE seq IS NULL',
};

const strangeEntries: Readonly<Record<Dialect, (id: string) => string>> = {
  sqlite: (id) => `INSERT INTO product_changes (product_id, version, kind, changed_at)
    VALUES ('${id}', 'none', 'update', 1), ('${id}', 7, 'update', 'never'), ('${id}', 8, 'update', 9e15)`,
  postgresql: (id) => `INSERT INTO product_changes (product_id, version, kind, changed_at)
    VALUES ('${id}', 0, 'update', now()), ('${id}', 7, 'update', 'infinity')`,
};

describeDatabases((catalog) => {
  let api: RunningApi;
  beforeAll(async () => {
    // So rare polls leave the entries of PostgreSQL without numbers.
    api = await startApi({ env: { DATABASE_URL: catalog().url, CACHE_POLL_MS: '600000' } });
  });
  afterAll(() => api?.stop());
  const requests = historyRequests(() => api.baseUrl);
  const { changes, page, write } = requests;
  const get = (path: string, headers = {}) => send(api.baseUrl, { path, headers });

  test('a history has every change, the newest first, with the values that it replaced', async () => {
    const hard = {
      name: 'e\u0301 "💡" \\',
      description: 'a\u2028b\u0001',
      price: 99_999_999_999.9999,
    };
    const { id } = await write('POST', '/products', { ...mouse, ...hard });
    await write('PUT', `/products/${id}`, { price: 1.005, name: hard.name });
    await write('PATCH', `/products/${id}`, { name: 'Mouse', description: '' });
    await write('POST', `/products/${id}/stock-adjustments`, { delta: -1 });
    await write('POST', '/stock-adjustments', { lines: [{ product_id: id, delta: -9 }] });
    await requests.delete(id);
    expect(await changes(id.toUpperCase())).toEqual([
      ['delete 6', { name: 'Mouse', description: '', price: 1.005, stock_quantity: 90 }],
      ['update 5', { stock_quantity: 99 }],
      ['update 4', { stock_quantity: 100 }],
      ['update 3', { name: hard.name, description: hard.description }],
      ['update 2', { price: hard.price }],
      ['create 1', null],
    ]);
    const [row] = await catalog().database.client.$queryRawUnsafe<{ count: bigint }[]>(
      countWithoutNumber[catalog().database.dialect],
    );
    expect(Number(row?.count) > 0).toBe(catalog().database.dialect === 'postgresql');
  });

  test('a history has the time of each change, and an import and SQL by hand are in it', async () => {
    const id = randomUUID();
    const before = Date.now();
    const body = `${JSON.stringify({ ...mouse, id })}\n`;
    const imported = await send(api.baseUrl, {
      method: 'POST',
      path: '/imports/products',
      headers: { 'Content-Type': 'application/x-ndjson' },
      body: body + body.replace('29.99', '7'),
    });
    expect(imported.status, imported.text).toBe(200);
    await catalog().database.client.$executeRawUnsafe(
      `UPDATE products SET stock_quantity = 5 WHERE id = '${id}'`,
    );
    expect(await changes(id)).toEqual([
      ['update 3', { stock_quantity: 100 }],
      ['update 2', { price: 29.99 }],
      ['create 1', null],
    ]);
    for (const { changed_at, changed_by } of (await page(id)).items) {
      expect(changed_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      // SQLite reads the clock in whole milliseconds, rounded.
      expect(Date.parse(changed_at)).toBeGreaterThanOrEqual(before - 1);
      expect(Date.parse(changed_at)).toBeLessThanOrEqual(Date.now() + 1);
      expect(changed_by).toBeNull();
    }
  });

  test('pages follow each other by cursors and links, also while changes are added', async () => {
    const { id } = await write('POST', '/products', mouse);
    for (let price = 1; price <= 5; price++) {
      await write('PUT', `/products/${id}`, { price });
    }
    const first = await get(`/products/${id}/history?limit=2`);
    const { items, next_cursor } = JSON.parse(first.text);
    expect(first.headers.link).toBe(`<?limit=2&cursor=${next_cursor}>; rel="next"`);
    await requests.delete(id);
    const versions = items.map(({ version }: { version: number }) => version);
    let cursor = next_cursor;
    while (cursor !== null) {
      const next = await page(id, `?limit=2&cursor=${cursor}`);
      versions.push(...next.items.map(({ version }) => version));
      cursor = next.next_cursor;
    }
    expect(versions).toEqual([6, 5, 4, 3, 2, 1]);
    const last = await get(`/products/${id}/history?limit=100`);
    expect([last.headers.link, JSON.parse(last.text).next_cursor]).toEqual([undefined, null]);
  });

  test('a page with long descriptions ends early, and goes on with its cursor', async () => {
    const long = (letter: string) => letter.repeat(10_000);
    const { id } = await write('POST', '/products', { ...mouse, description: long('a') });
    for (let index = 0; index < 40; index++) {
      await write('PUT', `/products/${id}`, { description: long(index % 2 === 0 ? 'b' : 'a') });
    }
    const first = await page(id, '?limit=200');
    expect(first.items.length).toBeGreaterThan(20);
    expect(first.items.length).toBeLessThan(30);
    const rest = await page(id, `?limit=200&cursor=${first.next_cursor}`);
    expect([...first.items, ...rest.items].map(({ version }) => version)).toEqual(
      Array.from({ length: 41 }, (_, index) => 41 - index),
    );
    expect(rest.next_cursor).toBeNull();
  });

  test('HEAD and conditions work as for every read', async () => {
    const { id } = await write('POST', '/products', mouse);
    const path = `/products/${id}/history`;
    const { headers, text } = await get(path);
    const head = await send(api.baseUrl, { method: 'HEAD', path });
    expect([head.status, head.text, head.headers['content-length']]).toEqual([
      ...[200, '', String(Buffer.byteLength(text))],
    ]);
    expect((await get(path, { 'If-None-Match': headers.etag })).status).toBe(304);
    expect((await get(path, { 'If-Match': '"other"' })).status).toBe(412);
  });

  test('an id without product and history, and text that is not an id, are 404', async () => {
    for (const id of [UNKNOWN_ID, 'abc', '%20']) {
      for (const { status, text } of [
        await get(`/products/${id}/history`),
        await sendJson(api.baseUrl, 'POST', `/products/${id}/restore`, '{}'),
      ]) {
        expect([status, JSON.parse(text).type]).toEqual([
          ...[404, 'urn:product-api:problem:product-not-found'],
        ]);
      }
    }
  });

  test('invalid parameters are named', async () => {
    const { id } = await write('POST', '/products', mouse);
    const other = Buffer.from('["ledger",1]').toString('base64url');
    for (const [query, field] of [
      ['limit=0', 'limit'],
      ['cursor=abc', 'cursor'],
      [`cursor=${other}`, 'cursor'],
      ['before=1', 'before'],
    ]) {
      const { status, text } = await get(`/products/${id}/history?${query}`);
      expect([status, JSON.parse(text).errors?.[0].field], query).toEqual([400, field]);
    }
  });

  test('entries by hand that cannot be shown are left out', async () => {
    const { id } = await write('POST', '/products', mouse);
    const { client, dialect } = catalog().database;
    await client.$executeRawUnsafe(strangeEntries[dialect](id));
    expect(await changes(id)).toEqual([['create 1', null]]);
  });

  test('a product whose log was pruned has an empty history', async () => {
    const { id } = await write('POST', '/products', mouse);
    await catalog().database.client.productChange.deleteMany({ where: { productId: id } });
    expect(await page(id)).toEqual({ items: [], next_cursor: null });
  });
});
