import { expect, test } from 'vitest';
import { problem } from '../../test/sample-data.js';
import { json, startScriptedServer, text } from '../../test/scripted-server.js';
import { createClient } from '../create-client.js';

const retry = { baseDelayMs: 1 };

test('a request can have a method, a query, a body and headers', async () => {
  const server = await startScriptedServer(json(201, { id: 1 }));
  const client = createClient({ baseUrl: `${server.baseUrl}/shop` });
  const data = await client.request({
    method: 'post',
    path: '/reviews',
    query: { dry_run: true, lang: undefined },
    body: { stars: 5 },
    headers: { 'x-call': 'yes' },
  });
  expect(data).toEqual({ id: 1 });
  expect(server.requests).toEqual(['POST /shop/reviews?dry_run=true']);
  expect(server.lastHeaders()).toMatchObject({
    'content-type': 'application/json',
    'content-length': '11',
    'x-call': 'yes',
  });
});

test.each([
  ['a JSON body is its value', json(200, [1, 2]), [1, 2]],
  ['another body is its text', text(200, 'up 1', { 'content-type': 'text/plain' }), 'up 1'],
  ['an empty body is undefined', text(204, ''), undefined],
])('%s', async (_, script, data) => {
  const server = await startScriptedServer(script);
  const client = createClient({ baseUrl: server.baseUrl });
  expect(await client.request({ path: '/metrics' })).toEqual(data);
});

test('reads are retried, and failures are the usual errors', async () => {
  const missing = json(404, problem('route-not-found'));
  const server = await startScriptedServer(text(502, ''), missing);
  const client = createClient({ baseUrl: server.baseUrl, retry });
  await expect(client.request({ path: '/' })).rejects.toMatchObject({
    name: 'RequestRejectedError',
    status: 404,
  });
  expect(server.requests).toHaveLength(2);
});

test('a write is retried only with an idempotency key', async () => {
  const server = await startScriptedServer(text(502, ''));
  const client = createClient({ baseUrl: server.baseUrl, retry });
  const write = { method: 'POST', path: '/reviews', body: { stars: 5 } };
  await expect(client.request(write)).rejects.toMatchObject({ name: 'BadGatewayError' });
  expect(server.requests).toHaveLength(1);
  expect(server.lastHeaders()).not.toHaveProperty('idempotency-key');
  await expect(client.request({ ...write, idempotencyKey: 'a' })).rejects.toThrow();
  expect(server.requests).toHaveLength(1 + 3);
  expect(server.lastHeaders()).toMatchObject({ 'idempotency-key': '"a"' });
});

test.each(['products', 'http://elsewhere.example/', ''])('the path %j is refused', async (path) => {
  const client = createClient({ baseUrl: 'http://127.0.0.1:1' });
  await expect(client.request({ path })).rejects.toThrow('must begin with "/"');
});

test('a read with a body is refused', async () => {
  const client = createClient({ baseUrl: 'http://127.0.0.1:1' });
  await expect(client.request({ path: '/', body: {} })).rejects.toThrow('cannot have a body');
});
