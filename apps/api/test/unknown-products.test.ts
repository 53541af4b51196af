import { randomUUID } from 'node:crypto';
import { describeWith } from '@product-api/testing/describe-with';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiOnRedis, startApiOnRedis } from './api-on-redis.js';
import { mouse } from './sample-product.js';

describeWith('redis')('products that do not exist, with Redis', () => {
  let on: ApiOnRedis;

  beforeAll(async () => {
    on = await startApiOnRedis();
  });

  afterAll(() => on.stop());

  async function read(id: string) {
    const response = await fetch(`${on.api.baseUrl}/products/${id}`);
    return { status: response.status, cache: response.headers.get('X-Cache') };
  }

  test('an unknown id is read from the database once', async () => {
    const id = randomUUID();
    expect(await read(id)).toEqual({ status: 404, cache: 'MISS' });
    expect(await on.redis.get(on.key(id))).toBe('null');
    expect(await read(id)).toEqual({ status: 404, cache: 'HIT' });
    expect(await on.redis.ttl(on.key(id))).toBeLessThanOrEqual(30);
  });

  test('a deleted product is read from the database once', async () => {
    const { id } = await on.client.products.create(mouse);
    await on.client.products.get(id);
    await on.client.products.delete(id);
    expect(await on.redis.exists(on.key(id))).toBe(0);
    expect(await read(id)).toEqual({ status: 404, cache: 'MISS' });
    expect(await read(id)).toEqual({ status: 404, cache: 'HIT' });
  });

  test('an invalid id is read neither from the cache nor from the database', async () => {
    expect(await read('not-an-id')).toEqual({ status: 404, cache: null });
    expect(await on.redis.exists(on.key('not-an-id'))).toBe(0);
  });
});
