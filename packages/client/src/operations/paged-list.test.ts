import { expect, test } from 'vitest';
import { collect } from '../../test/collect.js';
import { mouse } from '../../test/sample-data.js';
import { json, startScriptedServer } from '../../test/scripted-server.js';
import { createClient } from '../create-client.js';
import type { Product, ProductPage } from '../generated/contract.js';

const products = ['Alpha', 'Beta', 'Gamma'].map((name): Product => ({ ...mouse, name }));
const page = (items: Product[], next_cursor: string | null): ProductPage => ({
  items,
  next_cursor,
});
const first = json(200, page(products.slice(0, 2), 'c2&x=1'));
const second = json(200, page(products.slice(2), null));

test('a loop returns the products of all pages', async () => {
  const server = await startScriptedServer(first, second);
  const list = createClient({ baseUrl: server.baseUrl }).products.list(
    { sort: '-price', in_stock: false, min_price: 0.5 },
    { pageSize: 2 },
  );
  const seen = await collect(list);
  expect(seen).toEqual(products);
  expect(server.requests).toEqual([
    'GET /products?sort=-price&in_stock=false&min_price=0.5&limit=2',
    'GET /products?sort=-price&in_stock=false&min_price=0.5&cursor=c2%26x%3D1&limit=2',
  ]);
});

test('pages() returns one page at a time', async () => {
  const server = await startScriptedServer(first, second);
  const pages = createClient({ baseUrl: server.baseUrl }).products.list().pages();
  const sizes = [];
  for await (const { items } of pages) {
    sizes.push(items.length);
  }
  expect(sizes).toEqual([2, 1]);
});

test('a loop that stops early fetches no further page', async () => {
  const server = await startScriptedServer(first, second);
  for await (const product of createClient({ baseUrl: server.baseUrl }).products.list()) {
    if (product.name === 'Beta') {
      break;
    }
  }
  expect(server.requests).toHaveLength(1);
});

test('a list can start at a cursor, and each loop starts again', async () => {
  const server = await startScriptedServer(second);
  const list = createClient({ baseUrl: server.baseUrl }).products.list({ cursor: 'c2' });
  await collect(list);
  await collect(list);
  const request = 'GET /products?cursor=c2&limit=100';
  expect(server.requests).toEqual([request, request]);
});

test('the list of an empty catalog is empty', async () => {
  const server = await startScriptedServer(json(200, page([], null)));
  const list = createClient({ baseUrl: server.baseUrl }).products.list();
  expect(await collect(list)).toEqual([]);
});

test('toArray returns the products of all pages', async () => {
  const server = await startScriptedServer(first, second);
  const list = createClient({ baseUrl: server.baseUrl }).products.list();
  expect(await list.toArray()).toEqual(products);
});

test.each([
  [1, ['Alpha'], 1],
  [2, ['Alpha', 'Beta'], 1],
  [3, ['Alpha', 'Beta', 'Gamma'], 2],
  [0, [], 0],
])('toArray with the limit %d fetches no more than it needs', async (limit, names, requests) => {
  const server = await startScriptedServer(first, second);
  const list = createClient({ baseUrl: server.baseUrl }).products.list();
  expect((await list.toArray({ limit })).map(({ name }) => name)).toEqual(names);
  expect(server.requests).toHaveLength(requests);
});
