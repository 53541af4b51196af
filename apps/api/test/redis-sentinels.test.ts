import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from '@product-api/client';
import {
  eventually,
  freePort,
  type RedisServer,
  type RedisWithSentinels,
  startApi,
  startRedis,
  startRedisWithSentinels,
  startSentinel,
  temporaryFolder,
  testCertificate,
  tlsSettings,
} from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { mouse } from './sample-product.js';

const PASSWORD = 'word-for-redis';
const SENTINEL_PASSWORD = 'word-for-sentinels';

/** Milliseconds after which every reader sees an acknowledged write, whatever happens. */
const STALENESS_BOUND_MS = 1000;

/** The limit of every request in milliseconds: no request waits for a failover. */
const MAX_MS = 1500;

/** A failover may take this long on a busy machine. */
const failover = { timeoutMs: 40_000 };

const startSet = () =>
  startRedisWithSentinels({ password: PASSWORD, sentinelPassword: SENTINEL_PASSWORD });

type Server = Pick<RedisServer, 'port'>;

const addressOf = ({ port }: Server) => `127.0.0.1:${port}`;

/** Returns the settings of a service that uses a set. */
const settingsOf = ({ addresses, name }: RedisWithSentinels) => ({
  REDIS_URL: `redis://:${PASSWORD}@any/1`,
  REDIS_SENTINELS: addresses,
  REDIS_SENTINEL_NAME: name,
  REDIS_SENTINEL_PASSWORD: SENTINEL_PASSWORD,
});

/** Starts a service for the current test. */
async function start(env: Record<string, string>) {
  const api = await startApi({ env: { REDIS_TIMEOUT_MS: '200', LOG_LEVEL: 'debug', ...env } });
  onTestFinished(() => api.stop());
  const { products, health } = createClient({ baseUrl: api.baseUrl, retry: { limit: 0 } });
  const records = () => api.logLines().map((line) => JSON.parse(line));
  return {
    products,
    readiness: () => health.ready(),
    cacheOf: async (id: string) => (await products.withEtag.get(id)).cache,
    /** Returns the primary that is in use, as the log names it. */
    primary: () => records().findLast(({ msg }) => msg === 'Redis is in use')?.server,
    /** Returns the reasons in the log. */
    reasons: () => records().flatMap(({ reason }) => reason ?? []),
    text: () => api.logLines().join('\n'),
  };
}

type Service = Awaited<ReturnType<typeof start>>;

/** Starts two services on one database and one set, and waits until both use Redis. */
async function startTwo() {
  const [set, folder] = await Promise.all([startSet(), temporaryFolder()]);
  onTestFinished(async () => {
    await set.stop();
    await folder.remove();
  });
  const env = { ...settingsOf(set), DATABASE_URL: `file:${folder.file('catalog.db')}` };
  const writer = await start(env);
  const reader = await start(env);
  await untilUsed([writer, reader], set.servers[0]);
  return { set, writer, reader };
}

/** Returns the role of a server: `master` or `slave`. */
async function roleOf({ port }: Server) {
  const redis = new Redis(port, '127.0.0.1', { password: PASSWORD });
  const [role] = await redis.role();
  redis.disconnect();
  return role;
}

/** Waits until all services use a server, and read from it. */
async function untilUsed(services: readonly Service[], server: Server) {
  for (const { primary, products, readiness, cacheOf } of services) {
    await eventually(() => expect(primary()).toBe(addressOf(server)), failover);
    await eventually(async () => expect((await readiness()).status).toBe('ok'), failover);
    const { id } = await products.create(mouse);
    await eventually(async () => expect(await cacheOf(id)).toBe('HIT'), failover);
  }
}

/** Writes a product through one service, and reads it through both, until it is stopped. */
function useServices(writer: Service, reader: Service) {
  const acknowledged: { price: number; at: number }[] = [];
  const stale: object[] = [];
  const count = { hits: 0, bypasses: 0 };
  let longestMs = 0;
  let isStopped = false;

  const timed = async <T>(request: Promise<T>): Promise<T> => {
    const begin = performance.now();
    const response = await request;
    longestMs = Math.max(longestMs, performance.now() - begin);
    return response;
  };
  const write = async (id: string) => {
    for (let price = 1; !isStopped; price++) {
      await timed(writer.products.update(id, { price }));
      acknowledged.push({ price, at: performance.now() });
      await delay(30);
    }
  };
  const read = async (service: Service, id: string, boundMs: number) => {
    while (!isStopped) {
      const begin = performance.now();
      const { product, cache } = await timed(service.products.withEtag.get(id));
      const required = acknowledged.findLast(({ at }) => at <= begin - boundMs)?.price ?? 0;
      if (product.price < required) {
        stale.push({ read: product.price, required, cache, isWriter: service === writer });
      }
      count.hits += cache === 'HIT' ? 1 : 0;
      count.bypasses += cache === 'BYPASS' ? 1 : 0;
      await delay(5);
    }
  };
  const run = async () => {
    const { id } = await writer.products.create(mouse);
    // The writer always sees its own writes: it invalidates the Redis that it reads.
    const reads = [read(writer, id, 0), read(reader, id, STALENESS_BOUND_MS)];
    await Promise.all([write(id), ...reads]);
  };
  const running = run();
  const stop = () => {
    isStopped = true;
    return running;
  };
  // A test that failed has not stopped it.
  onTestFinished(() => stop().catch(() => undefined));
  return {
    async stop() {
      await stop();
      expect(stale).toEqual([]);
      expect(longestMs).toBeLessThan(MAX_MS);
      return count;
    },
  };
}

describeWith('redis')('with sentinels, the service keeps serving', { timeout: 120_000 }, () => {
  test('during a planned failover, and uses the new primary within seconds', async () => {
    const { set, writer, reader } = await startTwo();
    const [former, next] = set.servers;
    const use = useServices(writer, reader);
    await set.failOver();
    await eventually(() => {
      expect([writer.primary(), reader.primary()]).toEqual([addressOf(next), addressOf(next)]);
    }, failover);
    // Without the failover detector, they would use it until the sentinels demote it: for ten
    // seconds.
    expect(await roleOf(former)).toBe('master');
    await untilUsed([writer, reader], next);
    expect((await use.stop()).hits).toBeGreaterThan(0);
    for (const { reasons } of [writer, reader]) {
      expect(reasons()).toContainEqual(
        expect.stringContaining(`redis://${addressOf(former)} (primary "catalog") was lost`),
      );
    }
  });

  test('while the primary hangs, and after it has come back', async () => {
    const { set, writer, reader } = await startTwo();
    const [former, next] = set.servers;
    const use = useServices(writer, reader);
    await former.kill('SIGSTOP');
    await untilUsed([writer, reader], next);
    // It has older data, and accepts writes until the sentinels demote it.
    await former.kill('SIGCONT');
    await untilUsed([writer, reader], next);
    expect((await use.stop()).bypasses).toBeGreaterThan(0);
    expect(writer.reasons().join('\n')).toMatch(/did not reply within 200 ms|was lost/);
  });

  test('while a sentinel is lost, and then the primary is killed', async () => {
    const { set, writer, reader } = await startTwo();
    const [former, next] = set.servers;
    await set.sentinels[0].kill('SIGKILL');
    const use = useServices(writer, reader);
    await untilUsed([writer, reader], former);
    await former.kill('SIGKILL');
    await untilUsed([writer, reader], next);
    expect((await use.stop()).bypasses).toBeGreaterThan(0);
    expect(writer.reasons().join('\n')).toMatch(/was lost|ECONNREFUSED/);
    // The other sentinels can be asked all the time. And ioredis prints nothing by itself.
    expect(writer.text()).not.toMatch(/No sentinel could be asked|\[ioredis\]/);
  });
});

describeWith('redis')('with sentinels, the reason why Redis is not used', () => {
  let set: RedisWithSentinels;

  beforeAll(async () => {
    set = await startSet();
  });

  afterAll(() => set.stop());

  test.each([
    [
      'a wrong password for the sentinels',
      { REDIS_SENTINEL_PASSWORD: 'secret' },
      /The sentinels refused the login .*WRONGPASS.*: correct REDIS_SENTINEL_USER and/,
    ],
    [
      'a wrong password for Redis',
      { REDIS_URL: 'redis://:secret@any' },
      /rejected the login of the user "default".*: correct user and password in REDIS_URL/,
    ],
  ])('names %s, without any password', async (_name, env, reason) => {
    const { products, readiness, reasons, cacheOf, text } = await start({
      ...settingsOf(set),
      ...env,
    });
    const { id } = await products.create(mouse);
    expect(await cacheOf(id)).toBe('BYPASS');
    await eventually(async () =>
      expect(await readiness()).toEqual({
        status: 'degraded',
        database: 'ok',
        cache: 'bypassed',
        reasons: [expect.stringMatching(reason)],
      }),
    );
    await eventually(() => expect(reasons()).toHaveLength(1));
    expect(text()).not.toContain('secret');
    expect(text()).not.toContain(PASSWORD);
    expect(text()).not.toContain(SENTINEL_PASSWORD);
  });

  test('names sentinels that do not run', async () => {
    const sentinel = `127.0.0.1:${await freePort()}`;
    const { readiness } = await start({ ...settingsOf(set), REDIS_SENTINELS: sentinel });
    expect((await readiness()).reasons).toEqual([
      expect.stringMatching(/No sentinel could be asked .*ECONNREFUSED.*correct REDIS_SENTINELS/),
    ]);
  });
});

describeWith('redis')('with sentinels and Redis over TLS', () => {
  test('the service uses Redis, and its user needs two permissions at the sentinels', async () => {
    const [port, sentinelPort] = [await freePort(), await freePort()];
    const redis = await startRedis({
      password: PASSWORD,
      args: [['tls-port', String(port)], ...tlsSettings].flatMap(([setting = '', value = '']) => [
        `--${setting}`,
        value,
      ]),
    });
    onTestFinished(() => redis.stop());
    const sentinel = await startSentinel({
      name: 'catalog',
      primaryPort: port,
      quorum: 1,
      redisPassword: PASSWORD,
      lines: [
        `tls-port ${sentinelPort}`,
        'tls-replication yes',
        `user shop on >${SENTINEL_PASSWORD} &+switch-master +subscribe +sentinel|get-master-addr-by-name`,
        ...tlsSettings.map((setting) => setting.join(' ')),
      ],
    });
    onTestFinished(() => sentinel.stop());
    const service = await start({
      REDIS_URL: `rediss://:${PASSWORD}@any`,
      REDIS_SENTINELS: `127.0.0.1:${sentinelPort}`,
      REDIS_SENTINEL_NAME: 'catalog',
      REDIS_SENTINEL_USER: 'shop',
      REDIS_SENTINEL_PASSWORD: SENTINEL_PASSWORD,
      REDIS_SENTINEL_TLS: 'true',
      NODE_EXTRA_CA_CERTS: testCertificate.certificate,
    });
    await untilUsed([service], { port });
    const operator = new Redis(sentinel.port);
    await eventually(async () => {
      expect(await operator.client('LIST')).toMatch(/ sub=1 .* user=shop /);
    });
    operator.disconnect();
  });
});
