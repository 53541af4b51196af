import { createServer } from 'node:http';
import { type Client, createClient, InsufficientStockError } from '@product-api/client';
import {
  eventually,
  type RedisServer,
  type RunningApi,
  startApi,
  startRedis,
} from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { describeDatabases } from '../describe-databases.js';
import { mouse } from '../sample-product.js';

/** TEST_LOST_RESPONSES: the number of creates whose first response is lost. Default 200. */
const creates = Number(process.env['TEST_LOST_RESPONSES'] ?? 200);

/** Creates that are under way at once. */
const CLIENTS = 16;

/** Equal requests at the same time. */
const EQUAL_REQUESTS = 50;

const retry = { baseDelayMs: 1, limit: 10 };

/** Starts a proxy that drops the response to every first attempt of a write. */
async function startForgetfulProxy(baseUrl: () => string): Promise<string> {
  const seen = new Set<unknown>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const { method = '', url, headers } = request;
    const { host: _host, connection: _connection, ...sent } = headers;
    const body = Buffer.concat(chunks);
    try {
      const answer = await fetch(`${baseUrl()}${url}`, {
        method,
        headers: Object.entries(sent).map(([name, value]) => [name, String(value)]),
        ...(body.length > 0 && { body }),
      });
      const text = await answer.text();
      const key = headers['idempotency-key'];
      if (key === undefined || seen.has(key)) {
        response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(text);
        return;
      }
      seen.add(key);
    } catch {
      // The service has died.
    }
    request.socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

describeWith('redis')('writes whose response is lost', () => {
  describeDatabases((catalog) => {
    let redis: RedisServer;
    let api: RunningApi;
    let otherApi: RunningApi;

    const start = () =>
      startApi({
        env: {
          DATABASE_URL: catalog().url,
          REDIS_URL: redis.url,
          // Long, so that the service waits for a Redis that hangs.
          REDIS_TIMEOUT_MS: '60000',
          SEED: 'false',
        },
      });

    beforeAll(async () => {
      redis = await startRedis();
      [api, otherApi] = await Promise.all([start(), start()]);
    });
    afterAll(async () => {
      await Promise.all([api?.stop(), otherApi?.stop()]);
      await redis?.stop();
    });

    const count = (name: string) => catalog().database.client.product.count({ where: { name } });

    test(`${creates} creates with retries are ${creates} products`, {
      timeout: 30_000 + 100 * creates,
    }, async () => {
      const baseUrl = await startForgetfulProxy(() => api.baseUrl);
      const { products } = createClient({ baseUrl, retry, timeoutMs: 60_000 });
      let next = 0;
      const outcomes: { attempts: number; replayed: boolean; id: string }[] = [];
      const work = async () => {
        while (next++ < creates) {
          const call = products.create({ ...mouse, name: 'Lost' });
          const { data, attempts, replayed } = await call.withResponse();
          outcomes.push({ id: data.id, attempts, replayed });
        }
      };
      await Promise.all(Array.from({ length: CLIENTS }, work));
      expect(await count('Lost')).toBe(creates);
      expect(new Set(outcomes.map(({ id }) => id)).size).toBe(creates);
      expect(outcomes.filter(({ attempts, replayed }) => attempts < 2 || !replayed)).toEqual([]);
    });

    test('equal requests at once to two processes make one product and get one body', async () => {
      const body = JSON.stringify({ ...mouse, name: 'Equal' });
      const requests = Array.from({ length: EQUAL_REQUESTS }, async (_, index) => {
        const { baseUrl } = index % 2 === 0 ? api : otherApi;
        const response = await fetch(`${baseUrl}/products`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'Idempotency-Key': '"equal"' },
          body,
        });
        const replayed = response.headers.get('idempotent-replayed');
        return { status: response.status, replayed, text: await response.text() };
      });
      const responses = await Promise.all(requests);
      expect(await count('Equal')).toBe(1);
      expect(new Set(responses.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
      expect(responses[0]?.status).toBe(201);
      const replays = responses.filter(({ replayed }) => replayed === 'true');
      expect(replays).toHaveLength(EQUAL_REQUESTS - 1);
    });

    test('a Redis that has lost everything makes no duplicate', async () => {
      const { products } = createClient({ baseUrl: api.baseUrl });
      const { products: others } = createClient({ baseUrl: otherApi.baseUrl });
      const create = (via = products) =>
        via.create({ ...mouse, name: 'Flushed' }, { idempotencyKey: 'flushed' });
      const created = await create();
      const connection = new Redis(redis.url);
      onTestFinished(() => connection.disconnect());
      await connection.flushall();
      expect(await create()).toEqual(created);
      expect(await create(others)).toEqual(created);
      expect(await count('Flushed')).toBe(1);
      expect(await products.get(created.id)).toEqual(created);
    });

    test('a process that is killed amid sales sells exactly the pieces that there are', async () => {
      const [pieces, buyers] = [50, 120];
      const baseUrl = await startForgetfulProxy(() => api.baseUrl);
      const patient = { baseDelayMs: 50, limit: 100 };
      const { products, stock } = createClient({ baseUrl, retry: patient, timeoutMs: 120_000 });
      const { id } = await products.create({ ...mouse, stock_quantity: pieces });
      const statuses: number[] = [];
      const buy = () =>
        products.adjustStock(id, -1).then(
          () => 200,
          (error: unknown) => (error instanceof InsufficientStockError ? 409 : 0),
        );
      const work = async () => {
        while (statuses.length < buyers) {
          statuses.push(await buy());
        }
      };
      const selling = Promise.all(Array.from({ length: CLIENTS }, work));
      await eventually(() => expect(statuses.length).toBeGreaterThan(5));
      api.kill('SIGKILL');
      await api.exit;
      await api.stop();
      expect(statuses.length).toBeLessThan(pieces);
      api = await start();
      await selling;
      expect(statuses.filter((status) => status === 200)).toHaveLength(pieces);
      expect(new Set(statuses)).toEqual(new Set([200, 409]));
      expect(await products.get(id)).toMatchObject({ stock_quantity: 0 });
      const ledger = await stock.ledger(id).toArray();
      expect(ledger).toHaveLength(pieces + 1);
      expect(ledger.reduce((sum, { delta }) => sum + delta, 0)).toBe(0);
    });

    test('a process that is killed between commit and response leaves one change', async () => {
      const client = (): Client => createClient({ baseUrl: api.baseUrl, retry, timeoutMs: 60_000 });
      const { id } = await client().products.create(mouse);
      await eventually(async () => (await client().products.withEtag.get(id)).cache === 'HIT');
      const updating = (products: Client['products']) =>
        products.update(id, { name: 'Killed' }, { idempotencyKey: 'killed' }).withResponse();

      // The commit is made; the invalidation, and so the response, waits for Redis.
      await redis.kill('SIGSTOP');
      const lost = updating(createClient({ baseUrl: api.baseUrl, retry: { limit: 0 } }).products);
      const failure = lost.then(
        () => 'a response',
        (error: Error) => error.name,
      );
      await eventually(async () => expect(await count('Killed')).toBe(1));
      api.kill('SIGKILL');
      expect(await failure).toBe('ConnectionError');
      await api.exit;
      await redis.kill('SIGCONT');
      await api.stop();

      api = await start();
      const { data, replayed } = await updating(client().products);
      expect(replayed).toBe(true);
      expect(data).toEqual({ ...mouse, id, name: 'Killed' });
      // The response to a write is never followed by an older value.
      expect(await client().products.get(id)).toEqual(data);
      const row = await catalog().database.client.product.findUnique({ where: { id } });
      expect(row?.version).toBe(2n);
    });
  });
});
