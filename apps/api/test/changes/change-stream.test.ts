import { type Client, createClient } from '@product-api/client';
import { eventually, type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeDatabases } from '../describe-databases.js';
import { send } from '../raw-request.js';
import { mouse } from '../sample-product.js';
import { allChanges, cursorNow, readChanges } from './change-requests.js';
import { interpret, openStream } from './event-stream.js';

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

  test('changes from now on are events with the change as in a list', async () => {
    const after = await cursorNow(baseUrl);
    const stream = await openStream(baseUrl);
    expect(stream.status).toBe(200);
    expect(stream.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    // A client that loses the connection before the first change knows where to go on.
    expect(interpret(stream.text())).toEqual({ events: [], lastEventId: after, retryMs: 2000 });
    const { id } = await products.create(mouse);
    await sql(`UPDATE products SET name = 'By hand' WHERE id = '${id}'`);
    await stream.untilChanges(2);
    await products.delete(id);
    await stream.untilChanges(3);
    stream.close();
    const listed = await allChanges(baseUrl, after);
    expect(stream.changes()).toEqual(listed);
    const { events } = interpret(stream.text());
    expect(events.map(({ type, lastEventId }) => [type, lastEventId])).toEqual(
      listed.map(({ cursor }) => ['change', cursor]),
    );
  });

  test('changes after a cursor come first, and Last-Event-ID wins over after', async () => {
    const after = await cursorNow(baseUrl);
    await products.create(mouse);
    await products.create(mouse);
    const [first, second] = await allChanges(baseUrl, after);
    const query = `after=${after}`;
    const one = await openStream(baseUrl, { query });
    expect(await one.untilChanges(2)).toEqual([first, second]);
    const headers = { 'Last-Event-ID': String(first?.cursor) };
    const two = await openStream(baseUrl, { query, headers });
    expect(await two.untilChanges(1)).toEqual([second]);
    one.close();
    two.close();
  });

  test('a stream of selected changes moves its cursor over the others', async () => {
    const stream = await openStream(baseUrl, { query: 'kind=delete&include=product' });
    const { id } = await products.create(mouse);
    const created = await cursorNow(baseUrl);
    await eventually(() => expect(interpret(stream.text()).lastEventId).toBe(created));
    expect(stream.changes()).toEqual([]);
    await products.delete(id);
    expect(await stream.untilChanges(1)).toMatchObject([{ kind: 'delete', product_id: id }]);
    stream.close();
  });

  test('include=product sends each product as it is', async () => {
    const stream = await openStream(baseUrl, { query: 'include=product' });
    const created = await products.create(mouse);
    await stream.untilChanges(1);
    const updated = await products.update(created.id, { price: 5 });
    const found = await stream.untilChanges(2);
    expect(found.map(({ product }) => product)).toEqual([created, updated]);
    stream.close();
  });

  test('a client that loses its connection after any byte goes on without gap or repetition', async () => {
    const after = await cursorNow(baseUrl);
    const stream = await openStream(baseUrl, { query: `after=${after}` });
    for (let created = 0; created < 3; created++) {
      const { id } = await products.create(mouse);
      await sql(`UPDATE products SET name = 'By hand ${created}' WHERE id = '${id}'`);
      await stream.untilChanges(2 * created + 2);
    }
    stream.close();
    const all = stream.changes();
    expect(all).toHaveLength(6);
    /** What a client gets that connects again, by its last id. */
    const rests = new Map<string, unknown[]>();
    for (let length = 0; length <= stream.text().length; length++) {
      const { events, lastEventId } = interpret(stream.text().slice(0, length));
      const received = events.map(({ data }) => JSON.parse(data));
      let rest = rests.get(lastEventId);
      if (rest === undefined) {
        const headers = { ...(lastEventId !== '' && { 'Last-Event-ID': lastEventId }) };
        const again = await openStream(baseUrl, { query: `after=${after}`, headers });
        rest = await again.untilChanges(all.length - received.length);
        again.close();
        rests.set(lastEventId, rest);
      }
      expect([...received, ...rest], `cut after ${length} characters`).toEqual(all);
    }
    // Before the first event, and behind each.
    expect(rests.size).toBe(8);
  });

  test('a stream that begins far behind gets every change once, also those made meanwhile', async () => {
    const after = await cursorNow(baseUrl);
    const { id } = await products.create(mouse);
    await sql(`
      WITH RECURSIVE numbers (number) AS (
        SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < 3000
      )
      INSERT INTO product_changes (product_id, version, kind, changed_at)
      SELECT product_id, 1, 'update', changed_at
      FROM numbers CROSS JOIN (
        SELECT product_id, changed_at FROM product_changes WHERE product_id = '${id}'
      ) AS change`);
    const writing = (async () => {
      for (let written = 0; written < 100; written++) {
        await sql(`UPDATE products SET price_units = price_units + 1 WHERE id = '${id}'`);
      }
    })();
    const streams = await Promise.all(
      Array.from({ length: 3 }, () => openStream(baseUrl, { query: `after=${after}` })),
    );
    await writing;
    const listed = await allChanges(baseUrl, after, { limit: 200 });
    expect(listed).toHaveLength(3101);
    for (const stream of streams) {
      expect(await stream.untilChanges(3101)).toEqual(listed);
      stream.close();
    }
  });

  test('a cursor of another database and one ahead of the database are 410', async () => {
    const { body } = await readChanges(baseUrl);
    const cursor = Buffer.from(body.next_cursor, 'base64url').toString();
    const other = Buffer.from(cursor.replace(/^./, (first) => (first === 'a' ? 'b' : 'a')));
    const ahead = Buffer.from(cursor.replace(/\..+\./, '.zzzzz.'));
    for (const after of [other.toString('base64url'), ahead.toString('base64url')]) {
      for (const path of [`/changes?after=${after}`, `/changes/stream?after=${after}`]) {
        const { status, headers, text } = await send(baseUrl, { path });
        expect([status, headers['content-type']]).toEqual([410, 'application/problem+json']);
        expect(JSON.parse(text).earliest_cursor).toEqual(expect.any(String));
        expect(headers['x-accel-buffering']).toBeUndefined();
      }
    }
  });
});
