import { randomUUID } from 'node:crypto';
import { type Client, createClient } from '@product-api/client';
import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeDatabases } from '../describe-databases.js';
import { sumOf } from '../prometheus-text.js';
import { send } from '../raw-request.js';
import { readMetrics } from '../read-metrics.js';
import { mouse } from '../sample-product.js';
import { importFile, ndjson } from '../transfers/transfer-requests.js';
import { allChanges, cursorNow, readChanges } from './change-requests.js';

const kindsOf = (changes: readonly { kind: string; version: number }[]) =>
  changes.map(({ kind, version }) => `${kind} ${version}`);

describeDatabases((catalog) => {
  let api: RunningApi;
  let baseUrl: string;
  let products: Client['products'];

  beforeAll(async () => {
    api = await startApi({ env: { DATABASE_URL: catalog().url, SEED: 'false' } });
    ({ baseUrl } = api);
    ({ products } = createClient({ baseUrl }));
  });

  afterAll(() => api.stop());

  const sql = (text: string) => catalog().database.client.$executeRawUnsafe(text);

  test('each change is listed with its product, version and time, in order', async () => {
    const after = await cursorNow(baseUrl);
    const before = Date.now();
    const { id } = await products.create(mouse);
    await products.update(id, { price: 5 });
    await products.delete(id);
    const { status, headers, body } = await readChanges(baseUrl, { after });
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(kindsOf(body.items)).toEqual(['create 1', 'update 2', 'delete 3']);
    for (const item of body.items) {
      expect(Object.keys(item)).toEqual(['cursor', 'kind', 'product_id', 'version', 'changed_at']);
      expect(item.product_id).toBe(id);
      expect(Date.parse(item.changed_at)).toBeGreaterThanOrEqual(before - 1);
    }
    expect(body.next_cursor).toBe(body.items.at(-1).cursor);
  });

  test('without a cursor, only changes from now on are listed', async () => {
    const { body } = await readChanges(baseUrl);
    expect(body).toEqual({ items: [], next_cursor: expect.any(String) });
    expect(await readChanges(baseUrl, { after: body.next_cursor })).toMatchObject({ body });
  });

  test('a page goes on behind the cursor of any change', async () => {
    const after = await cursorNow(baseUrl);
    const ids: string[] = [];
    for (let created = 0; created < 5; created++) {
      ids.push((await products.create(mouse)).id);
    }
    const first = (await readChanges(baseUrl, { after, limit: 2 })).body;
    expect(first.items.map(({ product_id }: { product_id: string }) => product_id)).toEqual(
      ids.slice(0, 2),
    );
    const all = await allChanges(baseUrl, after, { limit: 2 });
    expect(all.map(({ product_id }) => product_id)).toEqual(ids);
    const behindThird = await allChanges(baseUrl, String(all[2]?.cursor));
    expect(behindThird.map(({ product_id }) => product_id)).toEqual(ids.slice(3));
  });

  test('changes by SQL are listed, too, and text that somebody wrote to the log itself is not', async () => {
    const after = await cursorNow(baseUrl);
    const { id } = await products.create(mouse);
    await sql(`UPDATE products SET name = 'By hand' WHERE id = '${id}'`);
    await sql(`INSERT INTO product_changes (product_id, version, kind, changed_at)
      SELECT product_id, -1, kind, changed_at FROM product_changes WHERE product_id = '${id}'`);
    await sql(`DELETE FROM products WHERE id = '${id}'`);
    expect(kindsOf(await allChanges(baseUrl, after))).toEqual(['create 1', 'update 2', 'delete 3']);
  });

  test('changes are selected by product and by kind', async () => {
    const after = await cursorNow(baseUrl);
    const [one, two] = [await products.create(mouse), await products.create(mouse)];
    await products.update(one.id, { price: 5 });
    await products.delete(two.id);
    const ofOne = await allChanges(baseUrl, after, { product_id: one.id.toUpperCase() });
    expect(kindsOf(ofOne)).toEqual(['create 1', 'update 2']);
    const deletions = await allChanges(baseUrl, after, { kind: 'delete' });
    expect(deletions.map(({ product_id }) => product_id)).toEqual([two.id]);
    expect(await allChanges(baseUrl, after, { product_id: one.id, kind: 'delete' })).toEqual([]);
  });

  test('a filter is looked for in a bounded number of changes, and the cursor goes on', async () => {
    const after = await cursorNow(baseUrl);
    const { id } = await products.create(mouse);
    // More than one request looks at.
    await sql(`
      WITH RECURSIVE numbers (number) AS (
        SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < 10500
      )
      INSERT INTO product_changes (product_id, version, kind, changed_at)
      SELECT product_id, number, 'update', changed_at
      FROM numbers CROSS JOIN (
        SELECT product_id, changed_at FROM product_changes WHERE product_id = '${id}'
      ) AS change`);
    await products.delete(id);
    const { body } = await readChanges(baseUrl, { after, kind: 'delete' });
    expect(body.items).toEqual([]);
    expect(body.next_cursor).not.toBe(after);
    const deletions = await allChanges(baseUrl, after, { kind: 'delete' });
    expect(deletions.map(({ product_id }) => product_id)).toEqual([id]);
  });

  test('include=product adds each product as it is now, and nothing for one that is gone', async () => {
    const after = await cursorNow(baseUrl);
    const [kept, gone] = [await products.create(mouse), await products.create(mouse)];
    const updated = await products.update(kept.id, { price: 5 });
    await products.delete(gone.id);
    const { body } = await readChanges(baseUrl, { after, include: 'product' });
    const found = body.items.map(({ product }: { product?: unknown }) => product);
    expect(found).toEqual([updated, undefined, updated, undefined]);
  });

  test('a response with large products has about a mebibyte, and goes on', async () => {
    const after = await cursorNow(baseUrl);
    const large = { ...mouse, description: 'x'.repeat(10_000) };
    await importFile(baseUrl, ndjson(Array.from({ length: 150 }, () => large)));
    const { body } = await readChanges(baseUrl, { after, include: 'product', limit: 200 });
    expect(body.items.length).toBeGreaterThan(90);
    expect(body.items.length).toBeLessThan(110);
    const all = await allChanges(baseUrl, after, { include: 'product', limit: 200 });
    expect(all).toHaveLength(150);
  });

  test('wait ends with the first change that is selected', async () => {
    const after = await cursorNow(baseUrl);
    const { id } = await products.create(mouse);
    const started = performance.now();
    const waiting = readChanges(baseUrl, { after, wait: 30, kind: 'delete' });
    await products.update(id, { price: 5 });
    await sql(`DELETE FROM products WHERE id = '${id}'`);
    const { body } = await waiting;
    expect(kindsOf(body.items)).toEqual(['delete 3']);
    expect(performance.now() - started).toBeLessThan(20_000);
    expect((await readChanges(baseUrl, { after: body.next_cursor })).body.items).toEqual([]);
  });

  test('wait ends without a change after its time, and is not in the durations of requests', async () => {
    const timed = async () =>
      sumOf(await readMetrics(baseUrl), 'http_request_duration_seconds_count', {
        route: '/changes',
      });
    const ended = async () =>
      sumOf(await readMetrics(baseUrl), 'product_api_change_streams_total', { kind: 'wait' });
    const after = await cursorNow(baseUrl);
    const before = [await timed(), await ended()];
    const { status, body } = await readChanges(baseUrl, { after, wait: 1 });
    expect({ status, body }).toEqual({ status: 200, body: { items: [], next_cursor: after } });
    expect(await timed()).toBe(before[0]);
    expect(await ended()).toBe(Number(before[1]) + 1);
  });

  test('HEAD has the headers, and does not wait', async () => {
    const started = performance.now();
    for (const path of ['/changes?wait=30', '/changes/stream']) {
      const { status, headers, text } = await send(baseUrl, { method: 'HEAD', path });
      expect({ status, text }).toEqual({ status: 200, text: '' });
      expect(headers['cache-control']).toBe('no-store');
    }
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  test('a text that is not a cursor is 400 and names its field', async () => {
    const cursor = await cursorNow(baseUrl);
    for (const text of ['x', `${cursor}=`, `${cursor}A`, randomUUID(), cursor.slice(1)]) {
      const list = await readChanges(baseUrl, { after: text });
      expect([list.status, list.body.errors?.[0].field]).toEqual([400, 'after']);
      const headers = { 'Last-Event-ID': text };
      const stream = await send(baseUrl, { path: '/changes/stream', headers });
      expect([stream.status, JSON.parse(stream.text).errors?.[0].field]).toEqual([
        400,
        'last-event-id',
      ]);
    }
  });

  test('an invalid parameter is 400 and names its field', async () => {
    const invalid = {
      limit: '0',
      wait: '31',
      product_id: 'x',
      kind: 'created',
      include: 'stock',
      since: '1',
    };
    const { status, body } = await readChanges(baseUrl, invalid);
    expect(status).toBe(400);
    expect(body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(
      Object.keys(invalid).sort(),
    );
  });

  test('a cursor whose changes are no longer kept is 410, with the earliest one', async () => {
    const after = await cursorNow(baseUrl);
    const { id } = await products.create(mouse);
    await products.update(id, { price: 5 });
    const [first] = await allChanges(baseUrl, after);
    // Seen by the feed, and so numbered.
    await sql(`DELETE FROM product_changes WHERE version = 1 AND product_id = '${id}'`);
    await sql(`DELETE FROM product_changes WHERE changed_at <= (
      SELECT min(changed_at) FROM product_changes WHERE product_id = '${id}'
    ) AND product_id <> '${id}'`);
    for (const path of [`/changes?after=${after}`, `/changes/stream?after=${after}`]) {
      const { status, text } = await send(baseUrl, { path });
      const problem = JSON.parse(text);
      expect([status, problem.type]).toEqual([410, 'urn:product-api:problem:changes-expired']);
      expect(kindsOf(await allChanges(baseUrl, problem.earliest_cursor))).toEqual(['update 2']);
    }
    // Nothing is missing behind the last change that was deleted.
    expect(kindsOf(await allChanges(baseUrl, String(first?.cursor)))).toEqual(['update 2']);
  });
});
