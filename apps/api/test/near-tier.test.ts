import { createClient } from '@product-api/client';
import {
  eventually,
  type RunningApi,
  type SharedRedis,
  sharedRedis,
  startApi,
  type TemporaryFolder,
  temporaryFolder,
} from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MOUSE } from './sample-product.js';

describeWith('redis')('two services with a near tier', () => {
  let folder: TemporaryFolder;
  let redis: SharedRedis;
  let apis: RunningApi[];

  beforeAll(async () => {
    folder = await temporaryFolder();
    redis = await sharedRedis();
    const env = {
      DATABASE_URL: `file:${folder.file('products.db')}`,
      REDIS_URL: redis.url,
      // A busy machine is not to keep the service from using Redis.
      REDIS_TIMEOUT_MS: '2000',
      CACHE_NAMESPACE: `${folder.path}:`,
      CACHE_NEAR: 'true',
    };
    const first = await startApi({ env });
    apis = [first, await startApi({ env })];
    await eventually(() => apis.every((api) => api.logLines().join().includes('Near tier is on')));
  });

  afterAll(async () => {
    await Promise.all(apis.map((api) => api.stop()));
    await redis.stop();
    await folder.remove();
  });

  test('a write by one is seen by itself at once, and by the other within a second', async () => {
    const [one, other] = apis.map((api) => createClient({ baseUrl: api.baseUrl }).products);
    if (!one || !other) throw new Error('There should be two services');
    const { id } = await one.create(MOUSE);
    for (let price = 1; price <= 20; price++) {
      await other.get(id);
      await other.get(id);
      await one.update(id, { price });
      expect((await one.get(id)).price).toBe(price);
      await eventually(async () => expect((await other.get(id)).price).toBe(price), {
        timeoutMs: 1000,
        intervalMs: 1,
      });
    }
  });
});
