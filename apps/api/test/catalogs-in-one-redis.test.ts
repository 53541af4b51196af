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

/** The minimum time of reading in milliseconds: each service polls Redis at least eight times. */
const READING_MS = 2000;

const MIN_READS = 50;

/** The claim of a stopped service has expired and another service has it after this time. */
const takeover = { timeoutMs: 30_000 };

/** The time that a test may take on a busy machine. */
const TEST_TIMEOUT_MS = 90_000;

const CLAIM_MESSAGE = /Another catalog/;

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
      claimed: () => records().filter(({ reason = '' }) => CLAIM_MESSAGE.test(reason)),
      cacheOf: async (id: string) => (await products.withEtag.get(id)).cache,
    };
  }

  type Service = Awaited<ReturnType<typeof start>>;

  /** Each service creates products, and both read them; counts responses with the wrong status. */
  async function countWrongResponses(services: readonly [Service, Service]) {
    const wrong = { found: 0, missing: 0 };
    let reads = 0;
    const work = async (owner: Service, other: Service) => {
      const end = performance.now() + READING_MS;
      // A busy machine takes longer for enough reads.
      while (performance.now() < end || reads <= MIN_READS) {
        const { id } = await owner.products.create(mouse);
        for (let round = 0; round < 3; round++) {
          wrong.found += (await other.status(id)) === 404 ? 0 : 1;
          wrong.missing += (await owner.status(id)) === 200 ? 0 : 1;
          reads += 2;
        }
      }
    };
    await Promise.all([work(services[0], services[1]), work(services[1], services[0])]);
    expect(reads).toBeGreaterThan(MIN_READS);
    return wrong;
  }

  test(
    'never serve each other’s data, and one logs what to do',
    async () => {
      const owner = await start();
      await eventually(owner.isReady);
      const newcomer = await start();
      expect(await countWrongResponses([owner, newcomer])).toEqual({ found: 0, missing: 0 });
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
    TEST_TIMEOUT_MS,
  );

  test(
    'both use Redis if each has its own namespace',
    async () => {
      const services = await Promise.all([
        start({ CACHE_NAMESPACE: 'one:' }),
        start({ CACHE_NAMESPACE: 'two:' }),
      ]);
      expect(await countWrongResponses(services)).toEqual({ found: 0, missing: 0 });
      for (const service of services) {
        await eventually(service.isReady);
        expect(service.claimed()).toEqual([]);
      }
    },
    TEST_TIMEOUT_MS,
  );
});
