import { expect, test } from 'vitest';
import { mouse, problem } from '../../test/sample-data.js';
import {
  brokenBody,
  json,
  type Script,
  startScriptedServer,
  text,
} from '../../test/scripted-server.js';
import { createClient } from '../create-client.js';
import type { RetryEvent } from '../options/hooks.js';

const CALLS = 100;
const found = json(200, mouse);

/** Refuses a request, and tells to wait. */
function refuse(seconds: number): Script {
  const body = { ...problem('quota-exceeded'), 'violated-policies': ['read'] };
  return json(429, body, { 'retry-after': String(seconds), 'x-request-id': 'request-2' });
}

/** Starts a client whose first call was refused, and now waits. */
async function refusedClient(baseUrl: string) {
  let onRetry: (event: RetryEvent) => void = () => undefined;
  const refusal = new Promise<RetryEvent>((resolve) => {
    onRetry = resolve;
  });
  const client = createClient({ baseUrl, timeoutMs: Infinity, retry: { baseDelayMs: 1 }, onRetry });
  const controller = new AbortController();
  const refused = client.products.get('refused', { signal: controller.signal }).withResponse();
  const { delayMs, status } = await refusal;
  return { client, refused, abort: () => controller.abort(), delayMs, status };
}

test('after one 429, none of 100 calls is sent before its time is over', async () => {
  const times: number[] = [];
  const record =
    (respond: Script): Script =>
    (response, request) => {
      times.push(performance.now());
      respond(response, request);
    };
  const server = await startScriptedServer(record(refuse(1)), record(found));
  const { client, refused, delayMs, status } = await refusedClient(server.baseUrl);
  expect(status).toBe(429);
  expect(delayMs).toBeGreaterThan(900);
  const calls = Array.from({ length: CALLS }, () => client.products.get(mouse.id).withResponse());
  const attempts = (await Promise.all(calls)).map((response) => response.attempts);
  expect(attempts).toEqual(Array(CALLS).fill(1));
  expect((await refused).attempts).toBe(2);
  const [first = 0, ...later] = times;
  expect(later).toHaveLength(CALLS + 1);
  expect(Math.min(...later) - first).toBeGreaterThanOrEqual(1000);
});

test('100 calls that were refused at once come back at different moments', async () => {
  const server = await startScriptedServer(...Array(CALLS).fill(refuse(1)), found);
  const delays: number[] = [];
  const { products } = createClient({
    baseUrl: server.baseUrl,
    timeoutMs: Infinity,
    retry: { baseDelayMs: 10 },
    onRetry: ({ delayMs }) => void delays.push(Math.round(delayMs)),
  });
  await Promise.all(Array.from({ length: CALLS }, () => products.get(mouse.id)));
  expect(delays).toHaveLength(CALLS);
  expect(new Set(delays).size).toBeGreaterThan(CALLS / 3);
});

test('a call that waits goes on waiting after another 429', async () => {
  const server = await startScriptedServer(refuse(1), refuse(1), found);
  const { client, refused } = await refusedClient(server.baseUrl);
  await Promise.all([refused, client.products.get(mouse.id)]);
  expect(server.requests).toHaveLength(4);
});

test('a call that cannot wait so long fails at once, and is not sent', async () => {
  const server = await startScriptedServer(refuse(60));
  const { client, refused, abort } = await refusedClient(server.baseUrl);
  const call = client.products.create(mouse, { timeoutMs: 50_000 });
  const error = await call.catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    name: 'RateLimitError',
    method: 'POST',
    url: `${server.baseUrl}/products`,
    status: 429,
    violatedPolicies: ['read'],
    requestId: 'request-2',
  });
  expect(error).toHaveProperty(
    'retryAfterSeconds',
    expect.toSatisfy((s) => s > 50 && s <= 60),
  );
  expect(server.requests).toHaveLength(1);
  abort();
  await expect(refused).rejects.toMatchObject({ name: 'AbortError' });
});

test('a call without retries does not wait either', async () => {
  const server = await startScriptedServer(refuse(60));
  const { client, refused, abort } = await refusedClient(server.baseUrl);
  const call = client.products.get(mouse.id, { retry: { limit: 0 } });
  await expect(call).rejects.toMatchObject({ name: 'RateLimitError' });
  expect(server.requests).toHaveLength(1);
  abort();
  await expect(refused).rejects.toMatchObject({ name: 'AbortError' });
});

test('an abort by the caller ends the wait', async () => {
  const server = await startScriptedServer(refuse(60));
  const { client, refused, abort } = await refusedClient(server.baseUrl);
  const controller = new AbortController();
  const waiting = client.products.get(mouse.id, { signal: controller.signal });
  controller.abort(new Error('The visitor has left'));
  await expect(waiting).rejects.toThrow('The visitor has left');
  const aborted = { signal: AbortSignal.abort(), timeoutMs: 10 };
  await expect(client.products.get(mouse.id, aborted)).rejects.toMatchObject({
    name: 'AbortError',
  });
  expect(server.requests).toHaveLength(1);
  abort();
  await expect(refused).rejects.toMatchObject({ name: 'AbortError' });
});

test('health checks and other clients do not wait', async () => {
  const server = await startScriptedServer(refuse(60), json(200, { status: 'ok' }), found);
  const { client, refused, abort } = await refusedClient(server.baseUrl);
  expect(await client.health.live()).toEqual({ status: 'ok' });
  expect(await createClient({ baseUrl: server.baseUrl }).products.get(mouse.id)).toEqual(mouse);
  abort();
  await expect(refused).rejects.toMatchObject({ name: 'AbortError' });
});

test.each([
  ['a 503 with Retry-After', text(503, '', { 'retry-after': '60' })],
  ['a 429 without Retry-After', text(429, '')],
])('%s holds no other call', async (_, script) => {
  const server = await startScriptedServer(script, found);
  const retry = { limit: 0 };
  const { products } = createClient({ baseUrl: server.baseUrl, retry });
  await expect(products.get(mouse.id)).rejects.toMatchObject({ status: /429|503/ });
  expect(await products.get(mouse.id)).toEqual(mouse);
});

test('a write without an idempotency key is retried after a 429, and only then', async () => {
  const retry = { baseDelayMs: 1 };
  const server = await startScriptedServer(text(429, ''), brokenBody);
  const { request } = createClient({ baseUrl: server.baseUrl, retry });
  const write = request({ method: 'POST', path: '/reviews', body: { stars: 5 } });
  await expect(write).rejects.toMatchObject({ name: 'ConnectionError' });
  expect(server.requests).toHaveLength(2);
});

test('a write whose response was lost fails with that, even if its retry is refused', async () => {
  const server = await startScriptedServer(brokenBody, refuse(60));
  const { products } = createClient({ baseUrl: server.baseUrl, retry: { baseDelayMs: 1 } });
  await expect(products.create(mouse)).rejects.toMatchObject({ name: 'ConnectionError' });
  expect(server.requests).toHaveLength(2);
});

test('a Retry-After of days, as a proxy may send by mistake, holds a client for an hour', async () => {
  const server = await startScriptedServer(refuse(864_000));
  const { refused, abort, delayMs } = await refusedClient(server.baseUrl);
  expect(delayMs).toBeGreaterThan(3_590_000);
  expect(delayMs).toBeLessThan(3_601_000);
  abort();
  await expect(refused).rejects.toThrow();
});
