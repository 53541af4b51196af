import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { mouse, problem } from '../../test/sample-data.js';
import { brokenBody, json, startScriptedServer, text } from '../../test/scripted-server.js';
import { createClient } from '../create-client.js';
import type { ClientOptions } from '../options/client-options.js';

const KEY = 'pk_k7Qm2xVd9TzR_secret';
const retry = { baseDelayMs: 1 };

test('every request has the API key', async () => {
  const server = await startScriptedServer(json(200, mouse));
  const client = createClient({ baseUrl: server.baseUrl, apiKey: KEY });
  for (const call of [() => client.products.get('1'), () => client.request({ path: '/' })]) {
    await call();
    expect(server.lastHeaders()).toMatchObject({ authorization: `Bearer ${KEY}` });
  }
});

test('a function returns the key of each attempt', async () => {
  const server = await startScriptedServer(text(503, ''), json(200, mouse));
  const keys = ['pk_old', 'pk_new'];
  const options = { baseUrl: server.baseUrl, retry, apiKey: async () => keys.shift() ?? 'none' };
  await createClient(options).products.get(mouse.id);
  expect(server.lastHeaders()).toMatchObject({ authorization: 'Bearer pk_new' });
  expect(keys).toEqual([]);
});

test('a 401 is not retried, and the next call has the next key', async () => {
  const server = await startScriptedServer(json(401, problem('unauthorized')), json(200, mouse));
  const keys = ['pk_old', 'pk_new'];
  const options = { baseUrl: server.baseUrl, retry, apiKey: () => keys.shift() ?? 'none' };
  const { products } = createClient(options);
  await expect(products.get(mouse.id)).rejects.toMatchObject({ name: 'UnauthorizedError' });
  expect(server.requests).toHaveLength(1);
  await products.get(mouse.id);
  expect(server.lastHeaders()).toMatchObject({ authorization: 'Bearer pk_new' });
});

test.each<[string, Partial<ClientOptions>]>([
  ['the client', { headers: { Authorization: 'Basic caller' } }],
  ['a hook', { onRequest: ({ headers }) => headers.set('authorization', 'Basic caller') }],
])('an authorization header of %s replaces the key', async (_, options) => {
  const server = await startScriptedServer(json(200, mouse));
  await createClient({ baseUrl: server.baseUrl, apiKey: KEY, ...options }).products.get(mouse.id);
  expect(server.lastHeaders()).toMatchObject({ authorization: 'Basic caller' });
});

test('an authorization header of a call replaces the key', async () => {
  const server = await startScriptedServer(json(200, mouse));
  const headers = { authorization: 'Basic caller' };
  await createClient({ baseUrl: server.baseUrl, apiKey: KEY }).products.get(mouse.id, { headers });
  expect(server.lastHeaders()).toMatchObject(headers);
});

const invalid = ['', 'pk secret', 'pk_secret\n', 'pk_größe', 17, null];

test.each(invalid)('%j is not a key, and is not shown', async (given) => {
  // A program without types can pass anything.
  const key = given as string;
  const message =
    'An API key must have one or more visible ASCII characters, and no spaces or line breaks (it is not shown here)';
  expect(() => createClient({ baseUrl: 'http://127.0.0.1:1', apiKey: key })).toThrow(
    new TypeError(message),
  );
  const { products } = createClient({ baseUrl: 'http://127.0.0.1:1', apiKey: () => key });
  await expect(products.get(mouse.id)).rejects.toThrow(new TypeError(message));
});

test('what the function throws is thrown by the call, and nothing is sent', async () => {
  const server = await startScriptedServer(json(200, mouse));
  const reason = new Error('The secret store is closed');
  const { products } = createClient({
    baseUrl: server.baseUrl,
    apiKey: () => Promise.reject(reason),
  });
  await expect(products.get(mouse.id)).rejects.toBe(reason);
  expect(server.requests).toEqual([]);
});

test('a function that never returns is limited by the timeout', async () => {
  const options = { baseUrl: 'http://127.0.0.1:1', timeoutMs: 30 };
  const { products } = createClient({ ...options, apiKey: () => new Promise(() => undefined) });
  await expect(products.get(mouse.id)).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('a redirect to another origin does not take the key along', async () => {
  const other = await startScriptedServer(json(200, mouse));
  const location = `${other.baseUrl}/products/${mouse.id}`;
  const server = await startScriptedServer(text(307, '', { location }));
  await createClient({ baseUrl: server.baseUrl, apiKey: KEY }).products.get(mouse.id);
  expect(server.lastHeaders()).toHaveProperty('authorization');
  expect(other.requests).toHaveLength(1);
  expect(other.lastHeaders()).not.toHaveProperty('authorization');
});

test('the key is in no error, in no event of a hook, and not in the client', async () => {
  const scripts = [
    json(401, problem('unauthorized')),
    json(403, problem('insufficient-scope')),
    json(429, problem('quota-exceeded')),
    text(200, 'Welcome'),
    brokenBody,
    text(307, '', { location: '/elsewhere' }),
  ];
  const server = await startScriptedServer(...scripts);
  const events: object[] = [];
  const record = (event: object) => void events.push(event);
  const hooks = { onRequest: record, onResponse: record, onRetry: record };
  const client = createClient({
    baseUrl: server.baseUrl,
    apiKey: KEY,
    retry: { limit: 0 },
    ...hooks,
  });
  const printed: unknown[] = [client, events];
  for (const _ of scripts) {
    const call = client.products.create(mouse);
    printed.push(
      call,
      await call.then(
        () => expect.unreachable(),
        (error: unknown) => error,
      ),
    );
  }
  // The headers of events are read at the end, as a logger may do that keeps them for a while.
  expect(events.length).toBeGreaterThanOrEqual(2 * scripts.length - 1);
  const texts = printed.flatMap((each) => [
    inspect(each, { depth: 20, showHidden: true }),
    JSON.stringify(each),
    String(each),
    each instanceof Error ? each.stack : '',
  ]);
  expect(texts.join('\n')).toContain('idempotency-key');
  expect(texts.join('\n')).not.toContain('secret');
});
