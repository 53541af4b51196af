import { expect, test } from 'vitest';
import { mouse } from '../../test/sample-data.js';
import { brokenBody, json, startScriptedServer, text } from '../../test/scripted-server.js';
import { createClient } from '../create-client.js';
import type { Hooks } from './hooks.js';

const retry = { baseDelayMs: 1 };

test('hooks see every attempt, response and retry, in order', async () => {
  const server = await startScriptedServer(brokenBody, text(503, ''), json(200, mouse));
  const seen: unknown[] = [];
  const hooks: Hooks = {
    onRequest: ({ method, url, attempt }) => void seen.push({ method, url, attempt }),
    onResponse: ({ attempt, status }) => void seen.push({ attempt, status }),
    onRetry: ({ attempt, status, cause }) =>
      void seen.push({ retryAfter: attempt, status, cause: cause?.name }),
  };
  await createClient({ baseUrl: server.baseUrl, retry, ...hooks }).products.get(mouse.id);
  const request = { method: 'GET', url: `${server.baseUrl}/products/${mouse.id}` };
  expect(seen).toEqual([
    { ...request, attempt: 1 },
    { retryAfter: 1, status: undefined, cause: 'ConnectionError' },
    { ...request, attempt: 2 },
    { attempt: 2, status: 503 },
    { retryAfter: 2, status: 503, cause: undefined },
    { ...request, attempt: 3 },
    { attempt: 3, status: 200 },
  ]);
});

test('a response event has the headers and the time', async () => {
  const server = await startScriptedServer(json(200, mouse, { 'x-request-id': 'request-2' }));
  let event: unknown;
  const onResponse: Hooks['onResponse'] = ({ headers, durationMs }) => {
    event = { id: headers.get('x-request-id'), durationMs };
  };
  await createClient({ baseUrl: server.baseUrl, onResponse }).products.get(mouse.id);
  expect(event).toEqual({ id: 'request-2', durationMs: expect.any(Number) });
});

test('onRequest can add headers, and is awaited', async () => {
  const server = await startScriptedServer(json(200, mouse));
  const onRequest: Hooks['onRequest'] = async ({ headers }) => {
    await Promise.resolve();
    headers.set('traceparent', '00-1-2-01');
  };
  await createClient({ baseUrl: server.baseUrl, onRequest }).products.get(mouse.id);
  expect(server.lastHeaders()).toMatchObject({ traceparent: '00-1-2-01' });
});

test('a call throws what a hook throws', async () => {
  const server = await startScriptedServer(json(200, mouse));
  const reason = new Error('No more requests today');
  const onRequest = () => Promise.reject(reason);
  const { products } = createClient({ baseUrl: server.baseUrl, onRequest });
  await expect(products.get(mouse.id)).rejects.toBe(reason);
  expect(server.requests).toEqual([]);
});
