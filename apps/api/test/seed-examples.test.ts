import { describeWith } from '@product-api/testing/describe-with';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiOnRedis, startApiOnRedis } from './api-on-redis.js';
import { send, sendJson } from './raw-request.js';

describeWith('redis')('the examples of the earlier service, byte for byte', () => {
  let on: ApiOnRedis;
  let id: string;

  beforeAll(async () => {
    on = await startApiOnRedis();
  });

  afterAll(() => on.stop());

  const mouse = (price: number, stock: number) =>
    `{"id":"${id}","name":"Wireless Mouse","description":"Ergonomic wireless mouse","price":${price},"stock_quantity":${stock}}`;

  test('create a product', async () => {
    const body =
      '{"name": "Wireless Mouse", "description": "Ergonomic wireless mouse", "price": 29.99, "stock_quantity": 100}';
    const response = await sendJson(on.api.baseUrl, 'POST', '/products/', body);
    id = JSON.parse(response.text).id;
    expect(response).toMatchObject({ status: 201, text: mouse(29.99, 100) });
    const location = new URL(String(response.headers.location), `${on.api.baseUrl}/products/`);
    expect(location.pathname).toBe(`/products/${id}`);
  });

  test('get a product, from the database and then from the cache', async () => {
    for (const cache of ['MISS', 'HIT']) {
      const response = await send(on.api.baseUrl, { path: `/products/${id}` });
      expect(response).toMatchObject({ status: 200, text: mouse(29.99, 100) });
      expect(response.headers).toMatchObject({
        'content-type': 'application/json; charset=utf-8',
        'x-cache': cache,
      });
    }
  });

  test('update a product', async () => {
    const body = '{"price": 24.99, "stock_quantity": 85}';
    const response = await sendJson(on.api.baseUrl, 'PUT', `/products/${id}`, body);
    expect(response).toMatchObject({ status: 200, text: mouse(24.99, 85) });
  });

  test('delete a product', async () => {
    const gone = await send(on.api.baseUrl, { method: 'DELETE', path: `/products/${id}` });
    expect(gone).toMatchObject({ status: 204, text: '' });
    const after = await send(on.api.baseUrl, { path: `/products/${id}` });
    expect(after.status).toBe(404);
    expect(JSON.parse(after.text)).toMatchObject({ detail: 'Product not found' });
  });

  test('validation error', async () => {
    const body = '{"name": "", "description": "Bad product", "price": -5, "stock_quantity": -1}';
    const response = await sendJson(on.api.baseUrl, 'POST', '/products/', body);
    expect(response.status).toBe(400);
    expect(response.text).toContain(
      '"detail":"Validation error","errors":[' +
        '{"field":"name","message":"Value error, Product name must not be empty"},' +
        '{"field":"price","message":"Value error, Price must be greater than zero"},' +
        '{"field":"stock_quantity","message":"Value error, Stock quantity must not be negative"}]',
    );
  });

  test('the API documentation has the same paths', async () => {
    const docs = await send(on.api.baseUrl, { path: '/docs/' });
    const redoc = await send(on.api.baseUrl, { path: '/redoc' });
    expect([docs.status, redoc.status]).toEqual([200, 200]);
  });

  test('an empty catalog starts with five samples', async () => {
    const { items } = await on.client.products.listPage();
    const kinds = ['smartphone', 'laptop', 'headphones', 'smartwatch', 'tablet'];
    const names = items.map(({ name }) => name.toLowerCase());
    for (const kind of kinds) {
      expect(names.filter((name) => name.includes(kind))).toHaveLength(1);
    }
  });
});
