import { type Client, createClient, type Product, type ProductSort } from '@product-api/client';
import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { send } from './raw-request.js';

let api: RunningApi;
let client: Client;
let created: Product[];

/** Products with equal values in every order, so that the id decides. */
const catalog = Array.from({ length: 25 }, (_, index) => ({
  name: ['Äpfel', 'apple', 'Zebra', '🐭', 'O’Neil "x"'][index % 5] ?? '',
  description: '',
  price: [0.0001, 1.005, 99_999_999_999.9999, 20, 20][index % 5] ?? 1,
  stock_quantity: index % 4 === 0 ? 0 : index % 7,
}));

beforeAll(async () => {
  api = await startApi({ env: { SEED: 'false' } });
  client = createClient({ baseUrl: api.baseUrl });
  created = [];
  for (const product of catalog) {
    created.push(await client.products.create(product));
  }
});

afterAll(() => api.stop());

async function collect(list: AsyncIterable<Product>): Promise<Product[]> {
  const products: Product[] = [];
  for await (const product of list) {
    products.push(product);
  }
  return products;
}

/** Returns a comparison as in SQLite: by value, text by its UTF-8 bytes, then by id. */
function by(value: (product: Product) => string | number) {
  const compare = (a: string | number, b: string | number) =>
    typeof a === 'number' && typeof b === 'number'
      ? a - b
      : Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
  return (a: Product, b: Product) => compare(value(a), value(b)) || compare(a.id, b.id);
}

describe('sort', () => {
  test.each<[ProductSort, (product: Product) => string | number]>([
    ['name', ({ name }) => name],
    ['price', ({ price }) => price],
    ['stock', ({ stock_quantity }) => stock_quantity],
  ])('%s, in both directions, with pages of every size', async (sort, value) => {
    const expected = created.toSorted(by(value));
    for (const pageSize of [1, 7, 200]) {
      expect(await collect(client.products.list({ sort }, { pageSize }))).toEqual(expected);
      const descending: ProductSort = `-${sort}` as ProductSort;
      expect(await collect(client.products.list({ sort: descending }, { pageSize }))).toEqual(
        expected.toReversed(),
      );
    }
  });

  test('the default is created, and updated changes with each update', async () => {
    const ids = async (sort: ProductSort) =>
      (await collect(client.products.list({ sort }, { pageSize: 7 }))).map(({ id }) => id);
    expect((await ids('created')).toSorted()).toEqual(created.map(({ id }) => id).toSorted());
    expect(await ids('-created')).toEqual((await ids('created')).toReversed());
    expect(await ids('-updated')).toEqual((await ids('updated')).toReversed());
    expect((await client.products.listPage()).items[0]?.id).toBe((await ids('created'))[0]);

    const first = created[3] ?? expect.unreachable();
    created[3] = await client.products.update(first.id, { description: 'changed' });
    const { items } = await client.products.listPage({ sort: '-updated', limit: 1 });
    expect(items).toEqual([created[3]]);
  });
});

describe('filters', () => {
  test.each<[string, Record<string, number | boolean>, (product: Product) => boolean]>([
    ['in stock', { in_stock: true }, ({ stock_quantity }) => stock_quantity > 0],
    ['out of stock', { in_stock: false }, ({ stock_quantity }) => stock_quantity === 0],
    ['a minimum price', { min_price: 1.005 }, ({ price }) => price >= 1.005],
    ['a maximum price', { max_price: 20 }, ({ price }) => price <= 20],
    [
      'all filters',
      { in_stock: true, min_price: 1.0051, max_price: 20 },
      ({ stock_quantity, price }) => stock_quantity > 0 && price > 1.005 && price <= 20,
    ],
    ['equal bounds', { min_price: 20, max_price: 20 }, ({ price }) => price === 20],
  ])('%s', async (_title, query, selects) => {
    const found = await collect(client.products.list({ ...query, sort: 'price' }, { pageSize: 3 }));
    expect(found).toEqual(created.filter(selects).toSorted(by(({ price }) => price)));
  });
});

test('the last page has no next cursor, even if it is full', async () => {
  const { next_cursor } = await client.products.listPage({ limit: 25 });
  expect(next_cursor).toBeNull();
});

test('a cursor continues after its page, whatever is created before it', async () => {
  const page = await client.products.listPage({ sort: 'name', limit: 10 });
  const before = await client.products.create({
    ...catalog[0],
    name: '!',
    description: '',
    price: 1,
    stock_quantity: 0,
  });
  const rest = await collect(
    client.products.list({ sort: 'name', cursor: page.next_cursor ?? expect.unreachable() }),
  );
  expect([...page.items, ...rest]).toEqual(created.toSorted(by(({ name }) => name)));
  await client.products.delete(before.id);
});

test('a cursor of another sort is refused', async () => {
  const { next_cursor } = await client.products.listPage({ sort: 'name', limit: 1 });
  await expect(
    client.products.listPage({ sort: 'price', cursor: next_cursor ?? expect.unreachable() }),
  ).rejects.toMatchObject({ name: 'ValidationError', errors: [{ field: 'cursor' }] });
});

describe('the Link header', () => {
  const list = (path: string) => send(api.baseUrl, { path });

  test('leads through all pages with the parameters of the request', async () => {
    const first = '/products?sort=name&in_stock=true&limit=7';
    const items: Product[] = [];
    let path: string | undefined = first;
    while (path !== undefined) {
      const { headers, text } = await list(path);
      items.push(...JSON.parse(text).items);
      const [, reference] = /^<([^>]+)>; rel="next"$/.exec(String(headers['link'] ?? '')) ?? [];
      const next: URL | undefined =
        reference === undefined ? undefined : new URL(reference, `${api.baseUrl}${path}`);
      path = next && `${next.pathname}${next.search}`;
    }
    const all = await collect(client.products.list({ sort: 'name', in_stock: true }));
    expect(items).toEqual(all);
  });

  test('is absent on the last page', async () => {
    expect((await list('/products?limit=200')).headers).not.toHaveProperty('link');
  });
});
