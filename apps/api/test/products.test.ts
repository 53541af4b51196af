import { NotFoundError, type Product } from '@product-api/client';
import { eventually } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entityTag } from '../src/http/conditional/entity-tag.js';
import { type ApiOnRedis, startApiOnRedis } from './api-on-redis.js';
import { mouse, UNKNOWN_ID } from './sample-product.js';

describeWith('redis')('products with Redis, through the SDK', () => {
  let on: ApiOnRedis;

  beforeAll(async () => {
    on = await startApiOnRedis();
  });

  afterAll(() => on.stop());

  describe('caching', () => {
    test('a product is read from the database first, then from the cache', async () => {
      const { id } = await on.client.products.create(mouse);
      expect(await on.redis.exists(on.key(id))).toBe(0);

      const first = await on.client.products.withEtag.get(id);
      expect(first).toMatchObject({ cache: 'MISS', product: { id, ...mouse } });
      expect(await on.redis.get(on.key(id))).toBe(JSON.stringify({ id, ...mouse }));

      const second = await on.client.products.withEtag.get(id);
      expect(second).toEqual({ ...first, cache: 'HIT' });
    });

    test('an update invalidates the cached product', async () => {
      const { id } = await on.client.products.create(mouse);
      await on.client.products.get(id);
      expect(await on.redis.exists(on.key(id))).toBe(1);

      await on.client.products.update(id, { price: 24.99 });
      expect(await on.redis.exists(on.key(id))).toBe(0);
      expect(await on.client.products.get(id)).toEqual({ id, ...mouse, price: 24.99 });
    });

    test('a delete invalidates the cached product', async () => {
      const { id } = await on.client.products.create(mouse);
      await on.client.products.get(id);

      await on.client.products.delete(id);
      expect(await on.redis.exists(on.key(id))).toBe(0);
      await expect(on.client.products.get(id)).rejects.toThrow(NotFoundError);
    });

    test('an entry expires within its TTL', async () => {
      const { id } = await on.client.products.create(mouse);
      await on.client.products.get(id);
      const ttl = await on.redis.ttl(on.key(id));
      expect(ttl).toBeGreaterThanOrEqual(3600 * 0.9 - 5);
      expect(ttl).toBeLessThanOrEqual(3600);
    });

    test('a valid edit of a cached value is served', async () => {
      const { id } = await on.client.products.create(mouse);
      await on.client.products.get(id);
      await on.redis.set(on.key(id), JSON.stringify({ id, ...mouse, price: 1 }));
      expect(await on.client.products.withEtag.get(id)).toMatchObject({
        cache: 'HIT',
        product: { price: 1 },
      });
    });

    test.each<[title: string, edit: (text: string, id: string) => string]>([
      ['with spaces', (text) => JSON.stringify(JSON.parse(text), undefined, 2)],
      [
        'in another order',
        (text) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).reverse())),
      ],
      ['with an additional field', (text) => text.replace('{', '{"admin":true,')],
      ['with __proto__', (text) => text.replace('{', '{"__proto__":{"admin":true},')],
      ['with a field twice', (text) => text.replace('{', '{"price":999,"name":"Trap",')],
      ['with half a megabyte of padding', (text) => `${text}${' '.repeat(512 * 1024)}`],
      ['with escapes', (text) => text.replace('Mouse', '\\u004douse')],
      ['with a name to be trimmed', (text) => text.replace('"Wireless', '"  Wireless')],
      ['with another form of its price', (text) => text.replace('29.99', '2999e-2')],
    ])('a cached value %s is served in the service’s own format', async (_title, edit) => {
      const { id } = await on.client.products.create(mouse);
      const printed = JSON.stringify({ id, ...mouse });
      const edited = edit(printed, id);
      expect(edited).not.toBe(printed);
      await on.redis.set(on.key(id), edited);
      for (let read = 0; read < 2; read += 1) {
        const response = await fetch(`${on.api.baseUrl}/products/${id}`);
        expect(response.headers.get('x-cache')).toBe('HIT');
        expect(response.headers.get('etag')).toBe(entityTag(printed));
        expect(await response.text()).toBe(printed);
      }
      await eventually(() =>
        on.api.logLines().some((line) => line.includes('was edited') && line.includes(id)),
      );
    });

    test('an edited value that differs from the database is reported as stale', async () => {
      const { id } = await on.client.products.create(mouse);
      const { products } = on.client;
      await on.redis.set(on.key(id), JSON.stringify({ id, ...mouse, price: 1 }, undefined, 1));
      await eventually(async () => {
        await products.get(id);
        const stale = on.api.logLines().filter((line) => line.includes('stale value'));
        expect(stale.some((line) => line.includes(id))).toBe(true);
      });
    });

    test('a value of 20 MB affects only reads of its product', async () => {
      const [bad, good] = [
        await on.client.products.create(mouse),
        await on.client.products.create(mouse),
      ];
      const cacheOf = async (id: string) => (await on.client.products.withEtag.get(id)).cache;
      await cacheOf(good.id);
      const oversized = ' '.repeat(20 * 1024 * 1024);
      const outcomes: (string | undefined)[] = [];
      for (let round = 0; round < 40; round += 1) {
        // The service removes the value; write it again.
        if (round % 10 === 0) {
          await on.redis.set(on.key(bad.id), oversized);
        }
        const [, outcome] = await Promise.all([cacheOf(bad.id), cacheOf(good.id)]);
        outcomes.push(outcome);
      }
      expect(outcomes.filter((outcome) => outcome === 'HIT').length).toBeGreaterThan(30);
      await eventually(() => on.api.logLines().some((line) => line.includes('too long to be one')));
      expect(await on.client.products.get(bad.id)).toEqual(bad);
    });

    test.each<[title: string, text: string | ((product: Product) => string)]>([
      ['invalid JSON', '{"id":'],
      ['a product without a price', ({ price: _, ...rest }) => JSON.stringify(rest)],
      ['a product and another character', (product) => `${JSON.stringify(product)}x`],
      ['a product after a byte order mark', (product) => `\ufeff${JSON.stringify(product)}`],
      [
        'a product with half a character',
        (product) => JSON.stringify({ ...product, name: '\ud800' }),
      ],
      ['a product with NUL', (product) => JSON.stringify({ ...product, name: 'a\0b' })],
      [
        'a product with a stock of -0',
        (product) => JSON.stringify(product).replace(/:100\b/, ':-0'),
      ],
      [
        'a product with a string as price',
        (product) => JSON.stringify({ ...product, price: '29.99' }),
      ],
      [
        'a product with an upper-case id',
        (product) => JSON.stringify({ ...product, id: product.id.toUpperCase() }),
      ],
      ['null with spaces', ' null '],
      ['an array', '[]'],
      ['too deeply nested', '['.repeat(100_000)],
      [
        'longer than a million characters',
        (product) => `${JSON.stringify(product)}${' '.repeat(1024 * 1024)}`,
      ],
      ['a product with an invalid price', (product) => JSON.stringify({ ...product, price: -1 })],
      ['another product', JSON.stringify({ ...mouse, id: UNKNOWN_ID })],
    ])('a cached value that is %s is a miss', async (_title, text) => {
      const product = await on.client.products.create(mouse);
      const { id } = product;
      await on.redis.set(on.key(id), typeof text === 'string' ? text : text(product));
      expect(await on.client.products.withEtag.get(id)).toMatchObject({
        cache: 'MISS',
        product: { id, ...mouse },
      });
      expect(await on.redis.get(on.key(id))).toBe(JSON.stringify({ id, ...mouse }));
    });

    test('a Redis key of another type is a miss', async () => {
      const { id } = await on.client.products.create(mouse);
      await on.redis.lpush(on.key(id), 'x');
      expect((await on.client.products.withEtag.get(id)).cache).toBe('MISS');
      expect((await on.client.products.withEtag.get(id)).cache).toBe('HIT');
    });

    test('the log shows the cache outcome of a read', async () => {
      const { id } = await on.client.products.create(mouse);
      await on.client.products.get(id);
      await on.client.products.get(id);
      await eventually(() => {
        const lines = on.api.logLines().filter((line) => line.includes(`/products/${id}`));
        expect(lines.map((line) => JSON.parse(line).cache)).toEqual(['MISS', 'HIT']);
      });
    });
  });

  describe('operations', () => {
    test('create returns the product with an id', async () => {
      const product = await on.client.products.create(mouse);
      expect(product).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), ...mouse });
    });

    test('get returns the created product', async () => {
      const created = await on.client.products.create(mouse);
      expect(await on.client.products.get(created.id)).toEqual(created);
    });

    test('an unknown product is not found', async () => {
      await expect(on.client.products.get(UNKNOWN_ID)).rejects.toThrow(NotFoundError);
      await expect(on.client.products.update(UNKNOWN_ID, {})).rejects.toThrow(NotFoundError);
      await expect(on.client.products.delete(UNKNOWN_ID)).rejects.toThrow(NotFoundError);
    });

    test('an update changes the given fields', async () => {
      const { id } = await on.client.products.create(mouse);
      const changed = { id, ...mouse, price: 24.99, stock_quantity: 85 };
      expect(await on.client.products.update(id, { price: 24.99, stock_quantity: 85 })).toEqual(
        changed,
      );
      expect(await on.client.products.get(id)).toEqual(changed);
    });

    test('an empty update changes nothing', async () => {
      const before = await on.client.products.withEtag.create(mouse);
      expect(await on.client.products.withEtag.update(before.product.id, {})).toEqual(before);
    });

    test('a deleted product is not found', async () => {
      const { id } = await on.client.products.create(mouse);
      await on.client.products.delete(id);
      await expect(on.client.products.delete(id)).rejects.toThrow(NotFoundError);
    });
  });
});
