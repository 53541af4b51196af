import { expect, test } from 'vitest';
import { problem } from '../../test/sample-data.js';
import { brokenBody, json, startScriptedServer, text } from '../../test/scripted-server.js';
import { createClient } from '../create-client.js';
import type { CreatedApiKey } from '../generated/contract.js';

const retry = { baseDelayMs: 1 };
const missing = json(404, problem('api-key-not-found'));
const created: CreatedApiKey = {
  id: 'k7Qm2xVd9TzR',
  name: 'shop',
  scopes: ['products:read'],
  created_at: '2026-11-29T12:00:00.000Z',
  expires_at: null,
  key: 'pk_k7Qm2xVd9TzR_secret',
};
const { key: _, ...listed } = created;

test('each operation sends its request without an idempotency key', async () => {
  const server = await startScriptedServer(
    json(201, created),
    json(200, { items: [listed] }),
    json(200, listed),
    json(201, created),
    text(204, ''),
  );
  const { apiKeys } = createClient({ baseUrl: server.baseUrl });
  const { created_at: _, ...own } = listed;
  expect(await apiKeys.create({ name: 'shop', scopes: ['products:read'] })).toEqual(created);
  expect(await apiKeys.list()).toEqual([listed]);
  expect(await apiKeys.self()).toEqual(own);
  expect(await apiKeys.rotate('a/b', { overlap_seconds: 60 })).toEqual(created);
  expect(server.lastHeaders()).not.toHaveProperty('idempotency-key');
  expect(server.lastHeaders()).toMatchObject({ 'content-length': '22' });
  expect(await apiKeys.revoke('k7Qm2xVd9TzR')).toBeUndefined();
  expect(server.lastHeaders()).not.toHaveProperty('idempotency-key');
  expect(server.requests).toEqual([
    'POST /api-keys',
    'GET /api-keys',
    'GET /api-keys/self',
    'POST /api-keys/a%2Fb/rotate',
    'DELETE /api-keys/k7Qm2xVd9TzR',
  ]);
});

test.each([
  ['a lost response', brokenBody],
  ['a 503', text(503, '')],
])('no second key is made after %s', async (_, script) => {
  const server = await startScriptedServer(script, json(201, created));
  const { apiKeys } = createClient({ baseUrl: server.baseUrl, retry });
  const failure = { name: expect.stringMatching(/^(ConnectionError|ServerError)$/) };
  const fields = { name: 'shop', scopes: created.scopes };
  await expect(apiKeys.create(fields)).rejects.toMatchObject(failure);
  expect(server.requests).toHaveLength(1);
});

test('a key is made after a 429, which made none', async () => {
  const server = await startScriptedServer(text(429, ''), json(201, created));
  const { apiKeys } = createClient({ baseUrl: server.baseUrl, retry });
  expect(await apiKeys.rotate(created.id)).toEqual(created);
  expect(server.requests).toHaveLength(2);
});

test('a revoked key is a success although the first response was lost', async () => {
  const server = await startScriptedServer(brokenBody, text(429, ''), missing);
  const { apiKeys } = createClient({ baseUrl: server.baseUrl, retry });
  expect(await apiKeys.revoke(created.id)).toBeUndefined();
  expect(server.requests).toHaveLength(3);
});

test.each([
  ['at once', []],
  ['after a 429', [text(429, '')]],
])('a key that is not found %s is a NotFoundError', async (_, before) => {
  const server = await startScriptedServer(...before, missing);
  const { apiKeys } = createClient({ baseUrl: server.baseUrl, retry });
  await expect(apiKeys.revoke('unknown')).rejects.toMatchObject({
    name: 'NotFoundError',
    problem: { detail: 'API key not found' },
    productIds: [],
  });
});

test('a 404 of another service is not a revoked key', async () => {
  const server = await startScriptedServer(brokenBody, text(404, 'Not Found'));
  const { apiKeys } = createClient({ baseUrl: server.baseUrl, retry });
  await expect(apiKeys.revoke(created.id)).rejects.toMatchObject({
    name: 'UnexpectedResponseError',
  });
});
