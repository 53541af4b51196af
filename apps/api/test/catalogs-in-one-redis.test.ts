import { createClient } from '@product-api/client';
import {
  eventually,
  type RedisServer,
  type RunningApi,
  startApi,
  startRedis,
} from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mouse } from './sample-product.js';

/** Milliseconds: more than enough for each service to look at Redis eight times. */
const readingMs = 2000;

/** Milliseconds after which the claim of a stopped service is over, the wait included. */
const takeover = { timeoutMs: 30_000 };

/** Milliseconds that a test may take on a busy machine. */
const testMs = 90_000;

const claimMessage = /Another catalog/;

describeWith('redis')('two services with different databases on one Redis', () => {
  let redis: RedisServer;
  const running: RunningApi[] = [];

  beforeEach(async () => {
    redis = await startRedis();
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map((api) => api.stop()));
    await redis.stop();
  });

  async function start(env: Record<string, string> = {}) {
    const api = await startApi({
      env: { REDIS_URL: redis.url, REDIS_TIMEOUT_MS: '2000', ...env },
    });
    running.push(api);
    const { products, health } = createClient({ baseUrl: api.baseUrl, retry: { limit: 0 } });
    const records = () =>
      api.logLines().map((line): { level: string; reason?: string } => JSON.parse(line));
    return {
      api,
      products,
      status: async (id: string) => (await fetch(`${api.baseUrl}/products/${id}`)).status,
      isReady: async () => (await health.ready()).cache === 'ok',
      claimed: () => records().filter(({ reason = '' }) => claimMessage.test(reason)),
      cacheOf: async (id: string) => (await products.withEtag.get(id)).cache,
    };
  }

  type Service = Awaited<ReturnType<typeof start>>;

  /** Each service creates products that both read: the one has them, the other never does. */
  async function countWrongAnswers(services: readonly [Service, Service]) {
    const wrong = { found: 0, missing: 0 };
    let reads = 0;
    const work = async (owner: Service, other: Service) => {
      const end = performance.now() + readingMs;
      while (performance.now() < end) {
        const { id } = await owner.products.create(mouse);
        for (let round = 0; round < 3; round++) {
          wrong.found += (await other.status(id)) === 404 ? 0 : 1;
          wrong.missing += (await owner.status(id)) === 200 ? 0 : 1;
          reads += 2;
        }
      }
    };
    await Promise.all([work(services[0], services[1]), work(services[1], services[0])]);
    expect(reads).toBeGreaterThan(50);
    return wrong;
  }

  test(
    'never respond with each other’s data, and one says what to do',
    async () => {
      const owner = await start();
      await eventually(owner.isReady);
      const newcomer = await start();
      expect(await countWrongAnswers([owner, newcomer])).toEqual({ found: 0, missing: 0 });
      await eventually(owner.isReady);
      expect(await newcomer.isReady()).toBe(false);
      expect(owner.claimed()).toEqual([]);
      expect(newcomer.claimed()).toEqual([expect.objectContaining({ level: 'error' })]);
      expect(JSON.stringify(newcomer.claimed())).toContain('CACHE_NAMESPACE');

      const { id } = await newcomer.products.create(mouse);
      expect(await owner.status(id)).toBe(404);
      await owner.api.stop();
      await eventually(newcomer.isReady, takeover);
      await eventually(async () => (await newcomer.cacheOf(id)) === 'HIT');
      expect(newcomer.claimed()).toHaveLength(1);
    },
    testMs,
  );

  test(
    'both use it where each has a namespace of its own',
    async () => {
      const services = await Promise.all([
        start({ CACHE_NAMESPACE: 'one:' }),
        start({ CACHE_NAMESPACE: 'two:' }),
      ]);
      expect(await countWrongAnswers(services)).toEqual({ found: 0, missing: 0 });
      for (const service of services) {
        await eventually(service.isReady);
        expect(service.claimed()).toEqual([]);
      }
    },
    testMs,
  );
});
