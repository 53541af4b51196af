import { randomUUID } from 'node:crypto';
import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeDatabases } from '../describe-databases.js';
import { type RawResponse, send } from '../raw-request.js';
import { mouse } from '../sample-product.js';
import { historyRequests } from './history-requests.js';

/** Returns the status and the kind of a problem, and the fields that it names. */
function problemOf({ status, text }: RawResponse): unknown[] {
  const { type, errors = [] } = JSON.parse(text);
  const fields = errors.map(({ field }: { field: string }) => field);
  return [status, type.replace('urn:product-api:problem:', ''), ...fields];
}

const notFound = [404, 'version-not-found'];

describeDatabases((catalog) => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await startApi({ env: { DATABASE_URL: catalog().url } });
  });
  afterAll(() => api?.stop());
  const requests = historyRequests(() => api.baseUrl);
  const { changes, restore, write } = requests;
  const create = (values = {}) => write('POST', '/products', { ...mouse, ...values });
  const put = (id: string, body: unknown) => write('PUT', `/products/${id}`, body);
  const get = (path: string) => send(api.baseUrl, { path });
  const byHand = (sql: string) => catalog().database.client.$executeRawUnsafe(sql);
  const ids = async (query: string): Promise<string[]> =>
    JSON.parse((await get(`/products?${query}`)).text).items.map(({ id }: { id: string }) => id);

  test('a deleted product comes back under its id, with its values, time, words and stock', async () => {
    const name = `Lost ${randomUUID().slice(0, 8)}`;
    const product = await create({ name, description: 'e\u0301 💡', price: 1.005 });
    await create({ name: `${name} Second` });
    const sold = { ...product, stock_quantity: 97 };
    await write('POST', `/products/${product.id}/stock-adjustments`, { delta: -3 });
    const path = `/products/${product.id}`;
    await get(path);
    await requests.delete(product.id);
    expect((await get(path)).status).toBe(404);

    const restored = await restore(product.id.toUpperCase());
    expect([restored.status, JSON.parse(restored.text)]).toEqual([200, sold]);
    const read = await get(path);
    expect([read.text, read.headers.etag]).toEqual([restored.text, restored.headers.etag]);
    const q = encodeURIComponent(name);
    expect((await ids(`q=${q}&sort=created`))[0]).toBe(product.id);
    expect((await ids(`q=${q}&sort=-created`))[1]).toBe(product.id);
    expect((await changes(product.id))[0]).toEqual(['create 4', null]);
    const { items } = JSON.parse((await get(`${path}/stock-adjustments`)).text);
    expect(items.map(({ delta }: { delta: number }) => delta)).toEqual([97, -97, -3, 100]);
  });

  test('an existing product gets the values of a version, as a new version', async () => {
    const { id } = await create();
    await put(id, { name: 'Desk', price: 7, stock_quantity: 3 });
    await put(id, { description: 'Oak' });
    const first = await restore(id, { version: 1 });
    expect([first.status, JSON.parse(first.text)]).toEqual([200, { id, ...mouse }]);
    expect((await changes(id))[0]).toEqual([
      'update 4',
      { name: 'Desk', description: 'Oak', price: 7, stock_quantity: 3 },
    ]);
    const second = await restore(id, { version: 2, keep_stock: true });
    const desk = { id, ...mouse, name: 'Desk', price: 7 };
    expect(JSON.parse(second.text)).toEqual({ ...desk, stock_quantity: 100 });
    const third = await restore(id, { version: 2, keep_stock: false });
    expect(JSON.parse(third.text)).toEqual({ ...desk, stock_quantity: 3 });
    expect(await ids('q=Desk')).toContain(id);
    expect((await get(`/products/${id}`)).text).toBe(third.text);
  });

  test('a product that has the values is not changed', async () => {
    const { id } = await create();
    await put(id, { price: 7 });
    await put(id, { price: mouse.price });
    for (const version of [1, 3]) {
      expect((await restore(id, { version })).status).toBe(200);
    }
    expect(await changes(id)).toHaveLength(3);
    await put(id, { stock_quantity: 1 });
    expect((await restore(id, { version: 1, keep_stock: true })).status).toBe(200);
    expect(await changes(id)).toHaveLength(4);
  });

  test('a version before a deletion, and one of an id that was used again, can be restored', async () => {
    const { id } = await create({ name: 'First' });
    await put(id, { price: 7 });
    await requests.delete(id);
    expect(JSON.parse((await restore(id, { version: 1 })).text)).toMatchObject({
      ...{ name: 'First', price: mouse.price },
    });
    await requests.delete(id);
    expect(problemOf(await restore(id, { version: 3 }))).toEqual(notFound);
    const columns = `
      id, name, description, price_units, stock_quantity, created_at, updated_at`;
    await byHand(`INSERT INTO products (${columns})
      SELECT product_id, 'Other', '', 1, 0, changed_at, changed_at FROM product_changes
      WHERE CAST(product_id AS TEXT) = '${id}' AND version = 1`);
    await put(id, { name: 'Renamed' });
    const second = await restore(id, { version: 2 });
    expect(JSON.parse(second.text)).toMatchObject({ name: 'First', price: 7, stock_quantity: 100 });
    const sixth = await restore(id, { version: 6 });
    expect(JSON.parse(sixth.text)).toEqual({
      ...{ id, name: 'Other', description: '', price: 0.0001, stock_quantity: 0 },
    });
  });

  test('without a version, an existing product is refused unless it was just restored', async () => {
    const { id } = await create();
    const required = [400, 'validation-error', 'version'];
    expect(problemOf(await restore(id))).toEqual(required);
    await requests.delete(id);
    const first = await restore(id);
    const again = await restore(id);
    expect([again.status, again.text]).toEqual([200, first.text]);
    expect(await changes(id)).toHaveLength(3);
    await put(id, { price: 7 });
    expect(problemOf(await restore(id))).toEqual(required);
  });

  test('a version that the log does not have, or not its values, is a 404', async () => {
    const { id } = await create();
    await put(id, { price: 7 });
    for (const version of [3, Number.MAX_SAFE_INTEGER]) {
      expect(problemOf(await restore(id, { version }))).toEqual(notFound);
    }
    await byHand(`UPDATE product_changes SET previous_updated_at = NULL, previous_price_units = NULL
      WHERE CAST(product_id AS TEXT) = '${id}'`);
    const unknown = await restore(id, { version: 1 });
    expect(problemOf(unknown)).toEqual(notFound);
    expect(JSON.parse(unknown.text).detail).toContain('version 1');
    await put(id, { price: 8 });
    expect(JSON.parse((await restore(id, { version: 2 })).text).price).toBe(7);
    await byHand(`DELETE FROM product_changes WHERE CAST(product_id AS TEXT) = '${id}'`);
    expect(problemOf(await restore(id, { version: 2 }))).toEqual(notFound);
    await requests.delete(id);
    await byHand(`UPDATE product_changes SET previous_updated_at = NULL
      WHERE CAST(product_id AS TEXT) = '${id}'`);
    expect(problemOf(await restore(id))).toEqual(notFound);
  });

  test('invalid bodies are refused, and name the field', async () => {
    const { id } = await create();
    for (const [body, field] of [
      [{ version: 0 }, 'version'],
      [{ version: '1' }, 'version'],
      [{ version: 1.5 }, 'version'],
      [{ version: 1, keep_stock: 'yes' }, 'keep_stock'],
      [{ versoin: 1 }, 'versoin'],
    ] as const) {
      expect(problemOf(await restore(id, body))).toEqual([400, 'validation-error', field]);
    }
    const strict = { Prefer: 'handling=strict' };
    const refused = await restore(id, { version: 1, extra: 1 }, strict);
    expect(problemOf(refused)).toEqual([400, 'validation-error', 'extra']);
    const { status, headers } = await restore(id, { version: 1 }, strict);
    expect([status, headers['preference-applied']]).toEqual([200, 'handling=strict']);
  });

  test('conditions compare with the existing product, and a deleted one has no tag', async () => {
    const { id } = await create();
    const before = (await get(`/products/${id}`)).headers.etag ?? '';
    await put(id, { price: 7 });
    const etag = (await get(`/products/${id}`)).headers.etag ?? '';
    const failed = [412, 'precondition-failed'];
    const version = 1;
    expect(problemOf(await restore(id, { version }, { 'If-Match': before }))).toEqual(failed);
    expect(problemOf(await restore(id, { version }, { 'If-None-Match': '*' }))).toEqual(failed);
    expect((await restore(id, { version }, { 'If-Match': etag })).headers.etag).toBe(before);
    await requests.delete(id);
    expect(problemOf(await restore(id, {}, { 'If-Match': before }))).toEqual(failed);
    expect(problemOf(await restore(id, {}, { 'If-Match': '*' }))).toEqual(failed);
    expect(problemOf(await restore(id, {}, { 'If-None-Match': 'x' }))).toEqual(failed);
    expect((await restore(id, {}, { 'If-None-Match': '*' })).status).toBe(200);
    expect(problemOf(await restore(id, {}, { 'If-None-Match': '*' }))).toEqual(failed);
  });

  test('a restore with an idempotency key is made once, whatever happened since', async () => {
    const { id } = await create();
    await put(id, { price: 7 });
    const keyed = () => ({ 'Idempotency-Key': randomUUID() });
    const key = keyed();
    const first = await restore(id, { version: 1 }, key);
    await requests.delete(id);
    const again = await restore(id, { version: 1 }, key);
    expect([again.status, again.text, again.headers['idempotent-replayed']]).toEqual([
      ...[200, first.text, 'true'],
    ]);
    expect((await get(`/products/${id}`)).status).toBe(404);
    expect(problemOf(await restore(id, { version: 2 }, key))[0]).toBe(422);

    const missing = keyed();
    expect(problemOf(await restore(id, { version: 9 }, missing))).toEqual(notFound);
    const recorded = await restore(id, { version: 9 }, missing);
    expect(recorded.headers['idempotent-replayed']).toBe('true');

    const refused = keyed();
    expect((await restore(id, {}, keyed())).status).toBe(200);
    await put(id, { price: 8 });
    expect(problemOf(await restore(id, {}, refused))[0]).toBe(400);
    await requests.delete(id);
    expect((await restore(id, {}, refused)).status).toBe(200);
  });

  test('of several restores at the same time one brings the product back, and all succeed', async () => {
    const { id } = await create();
    await requests.delete(id);
    const responses = await Promise.all(Array.from({ length: 12 }, () => restore(id)));
    expect(new Set(responses.map(({ status, text }) => `${status} ${text}`))).toEqual(
      new Set([`200 ${JSON.stringify({ id, ...mouse })}`]),
    );
    expect(await changes(id)).toHaveLength(3);
  });

  test('restores among writes of the same product lose no sale, and end with a version', async () => {
    const { id } = await create({ stock_quantity: 1000 });
    await put(id, { name: 'Desk', price: 7 });
    const racing = Array.from({ length: 60 }, async (_, index) => {
      if (index % 3 === 0) {
        const version = 1 + (index % 2);
        expect((await restore(id, { version, keep_stock: true })).status).toBe(200);
      } else {
        await write('POST', `/products/${id}/stock-adjustments`, { delta: -1 });
      }
    });
    await Promise.all(racing);
    const product = JSON.parse((await get(`/products/${id}`)).text);
    expect(product.stock_quantity).toBe(960);
    expect([mouse.name, 'Desk']).toContain(product.name);
    expect(product.price).toBe(product.name === 'Desk' ? 7 : mouse.price);
  });

  test('restores among deletions end as the last change says', async () => {
    const { id } = await create();
    const path = `/products/${id}`;
    const responses = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        index % 2 === 0
          ? send(api.baseUrl, { method: 'DELETE', path })
          : restore(id, { version: 1 }),
      ),
    );
    expect(new Set(responses.map(({ status }) => status))).not.toContain(500);
    const { items } = await requests.page(id, '?limit=200');
    const exists = (await get(path)).status === 200;
    expect(items[0]?.kind).toBe(exists ? 'create' : 'delete');
    // Each creation is followed by a deletion, and each deletion by a creation.
    for (const [index, { kind }] of items.toReversed().entries()) {
      expect(kind).toBe(index % 2 === 0 ? 'create' : 'delete');
    }
  });
});
