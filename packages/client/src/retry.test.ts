import { expect, test } from 'vitest';
import { mouse, problem } from '../test/sample-data.js';
import { brokenBody, json, startScriptedServer } from '../test/scripted-server.js';
import { createClient } from './create-client.js';

const retry = { baseDelayMs: 1 };
const unavailable = problem('service-unavailable');
const busy = json(503, unavailable, { 'retry-after': '0' });

test('a read is retried after a broken connection and a 503 with Retry-After', async () => {
  const server = await startScriptedServer(brokenBody, busy, json(200, mouse));
  const { products } = createClient({ baseUrl: server.baseUrl, retry });
  await expect(products.get(mouse.id)).resolves.toEqual(mouse);
  expect(server.requests).toHaveLength(3);
});

test('a read fails after two retries', async () => {
  const server = await startScriptedServer(busy);
  const { products } = createClient({ baseUrl: server.baseUrl, retry });
  await expect(products.listPage()).rejects.toMatchObject({ name: 'ServerError' });
  expect(server.requests).toHaveLength(3);
});

test.each([
  ['a 503 without Retry-After', json(503, unavailable)],
  ['a 500', json(500, problem('internal-error'))],
  ['a 404', json(404, problem('product-not-found'))],
])('%s is not retried', async (_, script) => {
  const server = await startScriptedServer(script);
  const { products } = createClient({ baseUrl: server.baseUrl, retry });
  await expect(products.get(mouse.id)).rejects.toMatchObject({ name: /Error$/ });
  expect(server.requests).toHaveLength(1);
});

test.each([busy, brokenBody])('a change is never retried', async (script) => {
  const server = await startScriptedServer(script);
  const { products } = createClient({ baseUrl: server.baseUrl, retry });
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
