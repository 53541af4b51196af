import { expect, test } from 'vitest';
import { mouse } from '../../test/sample-data.js';
import { json, startScriptedServer, text } from '../../test/scripted-server.js';
import { createClient } from '../create-client.js';
import { VERSION } from '../generated/contract.js';
import { nodeVersion } from './runtime.js';

test('every request has the headers of the client', async () => {
  const server = await startScriptedServer(json(200, { status: 'ok' }));
  const headers = { Authorization: 'Bearer token' };
  await createClient({ baseUrl: server.baseUrl, headers }).health.live();
  expect(server.lastHeaders()).toMatchObject({ authorization: 'Bearer token' });
});

test('headers of a call replace those of the client', async () => {
  const server = await startScriptedServer(json(201, mouse));
  const headers = { authorization: 'Bearer client', 'x-tenant': 'a' };
  const { products } = createClient({ baseUrl: server.baseUrl, headers });
  await products.create(mouse, { headers: { Authorization: 'Bearer call', Prefer: 'wait=5' } });
  expect(server.lastHeaders()).toMatchObject({
    authorization: 'Bearer call',
    'x-tenant': 'a',
    prefer: 'wait=5',
  });
});

test('a function returns the headers of each attempt', async () => {
  const server = await startScriptedServer(text(503, ''), json(200, mouse));
  let token = 0;
  const headers = async () => {
    token += 1;
    return { authorization: `Bearer ${token}` };
  };
  const client = createClient({ baseUrl: server.baseUrl, headers, retry: { baseDelayMs: 1 } });
  await client.products.get(mouse.id, { headers: () => ({ 'x-call': 'yes' }) });
  expect(server.lastHeaders()).toMatchObject({ authorization: 'Bearer 2', 'x-call': 'yes' });
});

test('what a function throws is thrown by the call, and nothing is sent', async () => {
  const server = await startScriptedServer(json(200, mouse));
  const reason = new Error('The session has expired');
  const headers = () => Promise.reject(reason);
  const { products } = createClient({ baseUrl: server.baseUrl, headers });
  await expect(products.get(mouse.id)).rejects.toBe(reason);
  expect(server.requests).toEqual([]);
});

test('a function that never returns is limited by the timeout', async () => {
  const headers = () => new Promise<Record<string, string>>(() => undefined);
  const client = createClient({ baseUrl: 'http://127.0.0.1:1', headers, timeoutMs: 30 });
  await expect(client.products.get(mouse.id)).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('the user agent names the SDK and its version', async () => {
  const server = await startScriptedServer(json(200, { status: 'ok' }));
  await createClient({ baseUrl: server.baseUrl }).health.live();
  expect(server.lastHeaders()['user-agent']).toBe(
    `product-api-client/${VERSION} node/${process.versions.node}`,
  );
});

test.each([{}, { process: {} }, { process: { versions: {} } }])(
  'without the version of Node there is no user agent: %j',
  (browser) => {
    expect(nodeVersion(browser)).toBeUndefined();
  },
);
