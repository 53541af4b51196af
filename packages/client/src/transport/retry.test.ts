import { expect, test } from 'vitest';
import { mouse, problem } from '../../test/sample-data.js';
import {
  brokenBody,
  json,
  noResponse,
  type Script,
  startScriptedServer,
  text,
} from '../../test/scripted-server.js';
import { createClient } from '../create-client.js';
import type { RetryEvent } from '../options/hooks.js';

const retry = { baseDelayMs: 1 };
const unavailable = problem('service-unavailable');
const busy = json(503, unavailable, { 'retry-after': '0' });

test('a read is retried after a broken connection', async () => {
  const server = await startScriptedServer(brokenBody, json(200, mouse));
  const { products } = createClient({ baseUrl: server.baseUrl, retry });
  await expect(products.get(mouse.id)).resolves.toEqual(mouse);
  expect(server.requests).toHaveLength(2);
});

test.each([408, 429, 502, 503, 504])('a read is retried after a %d', async (status) => {
  const page = text(status, '<html>No</html>', { 'content-type': 'text/html' });
  const server = await startScriptedServer(page, json(200, mouse));
  const { products } = createClient({ baseUrl: server.baseUrl, retry });
  const { data, attempts } = await products.get(mouse.id).withResponse();
  expect({ data, attempts }).toEqual({ data: mouse, attempts: 2 });
});

test('a read is retried after an attempt that took too long', async () => {
  const server = await startScriptedServer(noResponse, json(200, mouse));
  const { products } = createClient({ baseUrl: server.baseUrl, retry, attemptTimeoutMs: 2000 });
  await expect(products.get(mouse.id)).resolves.toEqual(mouse);
  expect(server.requests).toHaveLength(2);
});

test('the delay after a 503 is at least its Retry-After', async () => {
  const server = await startScriptedServer(text(503, '', { 'retry-after': '1' }), json(200, mouse));
  const delays: number[] = [];
  const onRetry = ({ delayMs }: RetryEvent) => void delays.push(delayMs);
  await createClient({ baseUrl: server.baseUrl, retry, onRetry }).products.get(mouse.id);
  expect(delays).toHaveLength(1);
  expect(delays[0]).toBeGreaterThanOrEqual(1000);
});

test('retries can be set for one call', async () => {
  const server = await startScriptedServer(busy);
  const { products } = createClient({ baseUrl: server.baseUrl, retry });
  const error = { name: 'ServerError' };
  await expect(products.get(mouse.id, { retry: { limit: 0 } })).rejects.toMatchObject(error);
  expect(server.requests).toHaveLength(1);
  await expect(products.get(mouse.id, { retry: { limit: 4 } })).rejects.toMatchObject(error);
  expect(server.requests).toHaveLength(1 + 5);
});

test('a read fails after two retries', async () => {
  const server = await startScriptedServer(busy);
  const { products } = createClient({ baseUrl: server.baseUrl, retry });
  await expect(products.listPage()).rejects.toMatchObject({ name: 'ServerError' });
  expect(server.requests).toHaveLength(3);
});

test.each([
  ['a 500', json(500, problem('internal-error'))],
  ['a 404', json(404, problem('product-not-found'))],
])('%s is not retried', async (_, script) => {
  const server = await startScriptedServer(script);
  const { products } = createClient({ baseUrl: server.baseUrl, retry });
  await expect(products.get(mouse.id)).rejects.toMatchObject({ name: /Error$/ });
  expect(server.requests).toHaveLength(1);
});

test.each([
  ['a broken connection', brokenBody],
  ['a 503', busy],
  ['a 429', text(429, '')],
  ['a 502', text(502, '')],
])('a write is retried with the same key after %s', async (_, script) => {
  const keys: unknown[] = [];
  const withKey =
    (respond: Script): Script =>
    (response, request) => {
      keys.push(request.headers['idempotency-key']);
      respond(response, request);
    };
  const replayed = json(201, mouse, { 'idempotent-replayed': 'true' });
  const server = await startScriptedServer(...[script, script, replayed].map(withKey));
  const events: boolean[] = [];
  const { products } = createClient({
    baseUrl: server.baseUrl,
    retry,
    onResponse: (event) => void events.push(event.replayed),
  });
  const created = await products.create(mouse).withResponse();
  expect(created).toMatchObject({ data: mouse, attempts: 3, replayed: true });
  expect(events.at(-1)).toBe(true);
  expect(keys).toEqual([keys[0], keys[0], keys[0]]);
  expect(keys[0]).toMatch(/^"[0-9a-f]{32}"$/);
});

test('each write has a key of its own, and a read has none', async () => {
  const server = await startScriptedServer(json(201, mouse), json(200, mouse), text(204, ''));
  const { products } = createClient({ baseUrl: server.baseUrl, retry });
  const keys = new Set<unknown>();
  for (const write of [
    () => products.create(mouse),
    () => products.withEtag.update(mouse.id, {}).catch(() => undefined),
    () => products.delete(mouse.id),
  ]) {
    await write();
    keys.add(server.lastHeaders()['idempotency-key']);
  }
  expect([...keys]).toEqual(Array(3).fill(expect.stringMatching(/^"[0-9a-f]{32}"$/)));
  await products.get(mouse.id).catch(() => undefined);
  expect(server.lastHeaders()).not.toHaveProperty('idempotency-key');
});

test('the caller can choose the key of a write', async () => {
  const server = await startScriptedServer(json(201, mouse));
  const { products } = createClient({ baseUrl: server.baseUrl });
  const idempotencyKey = String.raw`order-"17"\1`;
  const { replayed } = await products.create(mouse, { idempotencyKey }).withResponse();
  expect(replayed).toBe(false);
  expect(server.lastHeaders()['idempotency-key']).toBe(String.raw`"order-\"17\"\\1"`);
});

test.each(['', 'order 17', 'größe', 'k'.repeat(256)])('%j is not a key', async (idempotencyKey) => {
  const server = await startScriptedServer(json(201, mouse));
  const { products } = createClient({ baseUrl: server.baseUrl });
  await expect(products.create(mouse, { idempotencyKey })).rejects.toThrow(
    new TypeError(
      `An idempotency key must have 1 to 255 visible ASCII characters, and no spaces: ${idempotencyKey}`,
    ),
  );
  expect(server.requests).toEqual([]);
});

test('a write without retries is sent once', async () => {
  const server = await startScriptedServer(busy);
  const { products } = createClient({ baseUrl: server.baseUrl, retry: { limit: 0 } });
  const calls = [products.create(mouse), products.update(mouse.id, {}), products.delete(mouse.id)];
  const outcomes = await Promise.allSettled(calls);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(server.requests).toHaveLength(3);
});

test('a health check is not retried', async () => {
  const server = await startScriptedServer(busy);
  const { health } = createClient({ baseUrl: server.baseUrl, retry });
  await expect(health.ready()).rejects.toMatchObject({ name: 'ServerError', status: 503 });
  expect(server.requests).toHaveLength(1);
});

test('a call fails at once when the delay is longer than the remaining time', async () => {
  const server = await startScriptedServer(json(503, unavailable, { 'retry-after': '60' }));
  const { products } = createClient({ baseUrl: server.baseUrl, retry });
  const error = { name: 'ServerError', retryAfterSeconds: 60 };
  await expect(products.get(mouse.id)).rejects.toMatchObject(error);
  expect(server.requests).toHaveLength(1);
});

test('an abort by the caller ends a delay', async () => {
  const server = await startScriptedServer(json(503, unavailable, { 'retry-after': '60' }));
  const { products } = createClient({ baseUrl: server.baseUrl, retry, timeoutMs: Infinity });
  const controller = new AbortController();
  const call = products.get(mouse.id, { signal: controller.signal });
  await expect.poll(() => server.requests.length).toBe(1);
  controller.abort();
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  expect(server.requests).toHaveLength(1);
});
