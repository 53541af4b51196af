import { describeWith } from '@product-api/testing/describe-with';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiOnRedis, startApiOnRedis } from './api-on-redis.js';
import { send, sendJson } from './raw-request.js';
import { mouse } from './sample-product.js';

describeWith('redis')('an upper-case id is the id of the same product', () => {
  let on: ApiOnRedis;

  beforeAll(async () => {
    on = await startApiOnRedis();
  });

  afterAll(() => on.stop());

  test('in a read, which is cached under the lower-case id', async () => {
    const product = await on.client.products.create(mouse);
    const { id } = product;
    const lower = { path: `/products/${id}` };
    const upper = { path: `/products/${id.toUpperCase()}` };
    const mixed = { path: `/products/${id.slice(0, 18)}${id.slice(18).toUpperCase()}` };

    const reads = [];
    for (const request of [upper, lower, upper, mixed]) {
      reads.push(await send(on.api.baseUrl, request));
    }
    const head = await send(on.api.baseUrl, { ...upper, method: 'HEAD' });
    expect(reads.map(({ text }) => text)).toEqual(reads.map(() => JSON.stringify(product)));
    expect(new Set([...reads, head].map(({ headers }) => headers.etag)).size).toBe(1);
    expect(reads.map(({ headers }) => headers['x-cache'])).toEqual(['MISS', 'HIT', 'HIT', 'HIT']);
    expect(await on.redis.get(on.key(id))).toBe(JSON.stringify(product));
    expect(await on.redis.keys(`*${id.toUpperCase()}*`)).toEqual([]);
  });

  test('in a change, which invalidates the cached product', async () => {
    const { id } = await on.client.products.create(mouse);
    const lower = { path: `/products/${id}` };
    const upper = `/products/${id.toUpperCase()}`;
    await send(on.api.baseUrl, lower);
    const updated = await sendJson(on.api.baseUrl, 'PUT', upper, '{"price":1}');
    expect(JSON.parse(updated.text)).toEqual({ ...mouse, id, price: 1 });
    expect((await send(on.api.baseUrl, lower)).text).toBe(updated.text);
    const gone = await send(on.api.baseUrl, { method: 'DELETE', path: upper });
    expect(gone.status).toBe(204);
    expect((await send(on.api.baseUrl, lower)).status).toBe(404);
    expect((await send(on.api.baseUrl, { path: upper })).status).toBe(404);
  });
});
