import { expect, test } from 'vitest';
import { mouse } from '../test/sample-data.js';
import { json, startScriptedServer, text } from '../test/scripted-server.js';
import { createClient } from './create-client.js';

test('a product has the five fields of the contract and no others', async () => {
  const server = await startScriptedServer(json(200, { ...mouse, added_later: true }));
  const client = createClient({ baseUrl: server.baseUrl });
  expect(await client.products.get(mouse.id)).toStrictEqual(mouse);
});

test('a base URL may end with a path and a slash', async () => {
  const server = await startScriptedServer(json(200, mouse));
  await createClient({ baseUrl: `${server.baseUrl}/shop/` }).products.get(mouse.id);
  expect(server.requests).toEqual([`GET /shop/products/${mouse.id}`]);
});

test('withEtag returns a product with its entity tag and its source', async () => {
  const headers = { etag: '"v1"', 'x-cache': 'HIT' };
  const server = await startScriptedServer(json(200, mouse, headers));
  const client = createClient({ baseUrl: server.baseUrl });
  expect(await client.products.withEtag.get(mouse.id)).toStrictEqual({
    product: mouse,
    etag: '"v1"',
    cache: 'HIT',
  });
});

test('a response without an entity tag is refused only by withEtag', async () => {
  const server = await startScriptedServer(json(200, mouse));
  const { products } = createClient({ baseUrl: server.baseUrl });
  await expect(products.get(mouse.id)).resolves.toEqual(mouse);
  await expect(products.withEtag.get(mouse.id)).rejects.toMatchObject({
    name: 'UnexpectedResponseError',
  });
});

test('a change sends If-Match only when ifMatch is given', async () => {
  const server = await startScriptedServer(json(200, mouse));
  const { products } = createClient({ baseUrl: server.baseUrl });
  await products.update(mouse.id, { price: 1 }, { ifMatch: '"v1"' });
  expect(server.lastHeaders()['if-match']).toBe('"v1"');
  await products.update(mouse.id, { price: 1 });
  expect(server.lastHeaders()).not.toHaveProperty('if-match');
});

test('a deletion returns nothing', async () => {
  const server = await startScriptedServer(text(204, ''));
  const client = createClient({ baseUrl: server.baseUrl });
  expect(await client.products.delete(mouse.id)).toBeUndefined();
  expect(server.requests).toEqual([`DELETE /products/${mouse.id}`]);
});

test.each([
  ['a missing base URL', {}],
  ['no options at all', undefined],
])('%s is an error that says what is missing', (_, options) => {
  // A program without types can call it like this.
  const create = createClient as (options: unknown) => unknown;
  expect(() => create(options)).toThrow('createClient needs baseUrl, the address of the service');
});

test('a write asks for strict handling, and a read does not', async () => {
  const server = await startScriptedServer(json(201, mouse), json(200, mouse));
  const { products } = createClient({ baseUrl: server.baseUrl });
  await products.create(mouse);
  expect(server.lastHeaders()).toMatchObject({ prefer: 'handling=strict' });
  await products.get(mouse.id);
  expect(server.lastHeaders()).not.toHaveProperty('prefer');
});

test('ifNoneMatch returns undefined if the copy is current', async () => {
  const server = await startScriptedServer(text(304, '', { etag: '"v1"' }));
  const { products } = createClient({ baseUrl: server.baseUrl });
  const ifNoneMatch = '"v1"';
  expect(await products.get(mouse.id, { ifNoneMatch })).toBeUndefined();
  expect(server.lastHeaders()).toMatchObject({ 'if-none-match': ifNoneMatch });
  expect(await products.withEtag.get(mouse.id, { ifNoneMatch })).toBeUndefined();
  expect(await products.listPage({}, { ifNoneMatch })).toBeUndefined();
});

test('an id is always one segment of the path, whatever it contains', async () => {
  const server = await startScriptedServer(json(200, mouse));
  const { products } = createClient({ baseUrl: server.baseUrl });
  for (const id of ['a/b?x#y', '..', '.', '', ':id', 'é%2f', '\ud800']) {
    await products.get(id);
  }
  expect(server.requests).toEqual([
    'GET /products/a%2Fb%3Fx%23y',
    'GET /products/%25..',
    'GET /products/%25.',
    'GET /products/%25',
    'GET /products/%3Aid',
    'GET /products/%C3%A9%252f',
    'GET /products/%EF%BF%BD',
  ]);
});
