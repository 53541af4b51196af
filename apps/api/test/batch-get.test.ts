import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiOnRedis, startApiOnRedis } from './api-on-redis.js';
import { sendJson } from './raw-request.js';
import { mouse, UNKNOWN_ID } from './sample-product.js';

let service: ApiOnRedis;

beforeAll(async () => {
  service = await startApiOnRedis();
});
afterAll(() => service.stop());

const post = (body: unknown) =>
  sendJson(service.api.baseUrl, 'POST', '/products/batch-get', JSON.stringify(body));

async function createTwo() {
  const { products } = service.client;
  return [
    await products.create({ ...mouse, description: 'Kabellose Maus für Büros 🐭' }),
    await products.create({ ...mouse, name: 'Lamp' }),
  ] as const;
}

test('products are returned once, in the order of their ids, and other ids as missing', async () => {
  const [first, second] = await createTwo();
  await service.client.products.get(first.id);
  const ids = [
    second.id,
    'no id',
    first.id.toUpperCase(),
    UNKNOWN_ID,
    second.id,
    first.id,
    'no id',
  ];
  const expected = { items: [second, first], missing: ['no id', UNKNOWN_ID] };
  const outcomes = [];
  for (let time = 0; time < 2; time++) {
    const { status, headers, text } = await post({ ids });
    expect(status).toBe(200);
    expect(text).toBe(JSON.stringify(expected));
    outcomes.push(headers['x-cache']);
  }
  expect(outcomes).toEqual(['HIT 1, MISS 2', 'HIT 3']);
});

test('a batch of texts that are not ids has no X-Cache', async () => {
  const { status, headers, text } = await post({ ids: ['', '__proto__'] });
  expect([status, headers['x-cache']]).toEqual([200, undefined]);
  expect(JSON.parse(text)).toEqual({ items: [], missing: ['', '__proto__'] });
});

test('a batch after a change has the new product, and after a deletion none', async () => {
  const [first, second] = await createTwo();
  const ids = [first.id, second.id];
  await post({ ids });
  await service.client.products.update(first.id, { price: 5 });
  await service.client.products.delete(second.id);
  const { text } = await post({ ids });
  expect(JSON.parse(text)).toEqual({ items: [{ ...first, price: 5 }], missing: [second.id] });
});

test('text in Redis that is not a product is not returned', async () => {
  const [first, second] = await createTwo();
  const ids = [first.id, second.id];
  await post({ ids });
  await service.redis.set(service.key(first.id), '{"id":1}');
  const { headers, text } = await post({ ids });
  expect(headers['x-cache']).toBe('HIT 1, MISS 1');
  expect(JSON.parse(text)).toEqual({ items: [first, second], missing: [] });
});

test('large batches are read in parts, and other requests do not wait for them', async () => {
  const { products } = service.client;
  const description = 'ä'.repeat(10_000);
  const created = [];
  for (let part = 0; part < 10; part++) {
    const some = Array.from({ length: 20 }, () => products.create({ ...mouse, description }));
    created.push(...(await Promise.all(some)));
  }
  const ids = created.map(({ id }) => id);
  expect((await post({ ids })).headers['x-cache']).toBe('MISS 200');
  await service.redis.config('RESETSTAT');

  const ended: string[] = [];
  const batch = post({ ids }).finally(() => ended.push('batch'));
  await products.get(ids[0] ?? '').finally(() => ended.push('product'));
  const { headers, text } = await batch;
  expect(headers['x-cache']).toBe('HIT 200');
  expect(text).toBe(JSON.stringify({ items: created, missing: [] }));
  expect(headers['content-length']).toBe(String(Buffer.byteLength(text)));
  expect(ended).toEqual(['product', 'batch']);
  const calls = /cmdstat_mget:calls=(\d+)/.exec(await service.redis.info('commandstats'))?.[1];
  expect(Number(calls)).toBeGreaterThanOrEqual(8);

  const left = await fetch(`${service.api.baseUrl}/products/batch-get`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ids }),
  });
  await left.body?.cancel();
  expect(await products.get(ids[0] ?? '')).toEqual(created[0]);
});

test.each([
  ['no ids', { ids: [] }, 'ids', 'List should have at least 1 id'],
  ['too many', { ids: Array(201).fill('x') }, 'ids', 'List should have at most 200 ids'],
  ['a number', { ids: ['x', 7] }, 'ids.1', 'Input should be a valid string'],
  ['one text', { ids: 'x' }, 'ids', 'Input should be a valid list'],
  ['nothing', {}, 'ids', 'Field required'],
  ['no object', [], 'body', 'Input should be a valid JSON object'],
])('a batch with %s is refused', async (_, body, field, message) => {
  const { status, text } = await post(body);
  expect(status).toBe(400);
  expect(JSON.parse(text).errors).toEqual([{ field, message }]);
});
