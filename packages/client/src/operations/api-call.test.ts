import { expect, test } from 'vitest';
import { mouse, problem } from '../../test/sample-data.js';
import { json, startScriptedServer, text } from '../../test/scripted-server.js';
import { createClient } from '../create-client.js';

test('withResponse returns data and what is known about the response', async () => {
  const headers = { 'x-request-id': 'request-2', etag: '"v1"' };
  const server = await startScriptedServer(json(201, mouse, headers));
  const { products } = createClient({ baseUrl: server.baseUrl });
  const { headers: received, ...response } = await products.create(mouse).withResponse();
  expect(response).toEqual({
    data: mouse,
    status: 201,
    requestId: 'request-2',
    replayed: false,
    attempts: 1,
  });
  expect(received.get('etag')).toBe('"v1"');
});

test('every call has it', async () => {
  const server = await startScriptedServer(
    text(204, ''),
    json(200, { status: 'ok' }),
    json(200, { items: [], next_cursor: null }),
    text(304, ''),
    json(200, [1]),
  );
  const { products, health, request } = createClient({ baseUrl: server.baseUrl });
  const calls = [
    () => products.delete(mouse.id),
    () => health.live(),
    () => products.listPage(),
    () => products.withEtag.get(mouse.id, { ifNoneMatch: '"v1"' }),
    () => request({ path: '/' }),
  ];
  const statuses = [];
  for (const call of calls) {
    statuses.push((await call().withResponse()).status);
  }
  expect(statuses).toEqual([204, 200, 200, 304, 200]);
});

test('a call is a promise', async () => {
  const server = await startScriptedServer(json(200, mouse));
  const { products } = createClient({ baseUrl: server.baseUrl });
  const order: string[] = [];
  const name = await products
    .get(mouse.id)
    .finally(() => order.push('finally'))
    .then((product) => product.name);
  expect([name, ...order]).toEqual([mouse.name, 'finally']);
  const [first, second] = await Promise.all([products.get(mouse.id), products.get(mouse.id)]);
  expect([first, second]).toEqual([mouse, mouse]);
});

test('a failure is reported once, to the one who waits', async () => {
  const server = await startScriptedServer(json(404, problem('product-not-found')));
  const { products } = createClient({ baseUrl: server.baseUrl });
  const unhandled: unknown[] = [];
  const record = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', record);
  const caught = await products.get(mouse.id).catch((error: unknown) => error);
  expect(caught).toMatchObject({ name: 'NotFoundError' });
  await expect(products.get(mouse.id).withResponse()).rejects.toMatchObject({ status: 404 });
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', record);
  expect(unhandled).toEqual([]);
});
