import { randomUUID } from 'node:crypto';
import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeDatabases } from '../describe-databases.js';
import { type RawResponse, send } from '../raw-request.js';
import { mouse, UNKNOWN_ID } from '../sample-product.js';

describeDatabases((catalog) => {
  let api: RunningApi;

  beforeAll(async () => {
    api = await startApi({ env: { DATABASE_URL: catalog().url, SEED: 'false' } });
  });
  afterAll(() => api?.stop());

  /** Sends a write with a key, and a request id, which error responses repeat. */
  function write(
    key: string,
    method: string,
    path: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<RawResponse> {
    return send(api.baseUrl, {
      method,
      path,
      headers: {
        'Idempotency-Key': key,
        'X-Request-Id': 'request-1',
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && {
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    });
  }

  async function createMouse(): Promise<{ id: string; etag: string }> {
    const { text, headers } = await write(randomUUID(), 'POST', '/products', { body: mouse });
    return { id: JSON.parse(text).id, etag: String(headers.etag) };
  }

  /** Returns everything that a repeated request gets again. */
  function repeatable({ status, text, headers }: RawResponse) {
    const { etag, location, 'content-type': type, 'content-length': length } = headers;
    return { status, text, etag, location, type, length };
  }

  /** Sends a write twice, and expects that the second response is a replay of the first. */
  async function expectReplay(status: number, sendIt: () => Promise<RawResponse>) {
    const first = await sendIt();
    expect(first.status).toBe(status);
    expect(first.headers).not.toHaveProperty('idempotent-replayed');
    const second = await sendIt();
    expect(repeatable(second)).toEqual(repeatable(first));
    expect(second.headers).toMatchObject({ 'idempotent-replayed': 'true' });
    return first;
  }

  const count = () => catalog().database.client.product.count();

  test('a create is made once, and a repeated one gets the same response', async () => {
    const before = await count();
    const key = randomUUID();
    const first = await expectReplay(201, () => write(key, 'POST', '/products', { body: mouse }));
    expect(first.headers.location).toMatch(/^products\//);
    expect(await count()).toBe(before + 1);
  });

  test('an update and a delete are made once, also after other changes', async () => {
    const { id } = await createMouse();
    const path = `/products/${id}`;
    const [key, deletion] = [randomUUID(), randomUUID()];
    const update = () => write(key, 'PUT', path, { body: { price: 7 } });
    const first = await expectReplay(200, update);
    await write(randomUUID(), 'PUT', path, { body: { price: 8 } });
    expect(repeatable(await update())).toEqual(repeatable(first));
    expect(JSON.parse((await send(api.baseUrl, { path })).text).price).toBe(8);
    await expectReplay(204, () => write(deletion, 'DELETE', path));
    expect(repeatable(await update())).toEqual(repeatable(first));
    expect((await send(api.baseUrl, { path })).status).toBe(404);
  });

  test('an empty update gets the product as it was', async () => {
    const { id, etag } = await createMouse();
    const first = await expectReplay(200, () =>
      write(`empty-${id}`, 'PUT', `/products/${id}`, {
        body: {},
      }),
    );
    expect(first.headers.etag).toBe(etag);
  });

  test('a 404 stays a 404', async () => {
    const path = `/products/${randomUUID()}`;
    const keys = [randomUUID(), randomUUID()] as const;
    await expectReplay(404, () => write(keys[0], 'DELETE', path));
    await expectReplay(404, () => write(keys[1], 'PUT', path, { body: { price: 1 } }));
  });

  test('a conditional change is decided once, whatever changes later', async () => {
    const { id, etag } = await createMouse();
    const path = `/products/${id}`;
    const headers = { 'If-Match': etag };
    const [key, late] = [randomUUID(), randomUUID()];
    await expectReplay(200, () => write(key, 'PUT', path, { body: { price: 7 }, headers }));
    const refused = () => write(late, 'PUT', path, { body: { price: 8 }, headers });
    const first = await expectReplay(412, refused);
    // The product has its first tag again: the condition holds now.
    await write(randomUUID(), 'PUT', path, { body: { price: mouse.price } });
    expect(repeatable(await refused())).toEqual(repeatable(first));
    await expectReplay(412, () =>
      write(`star-${id}`, 'DELETE', path, {
        headers: { 'If-None-Match': '*' },
      }),
    );
    await expectReplay(204, () => write(`any-${id}`, 'DELETE', path, { headers }));
  });

  test('an adjustment of stock is made once, and a refused one stays refused', async () => {
    const { id } = await createMouse();
    const path = `/products/${id}/stock-adjustments`;
    const adjust = (key: string, delta: number) => write(key, 'POST', path, { body: { delta } });
    const [sale, refused, together, unknown] = Array.from({ length: 4 }, () => randomUUID());
    await expectReplay(200, () => adjust(`${sale}`, -mouse.stock_quantity));
    const first = await expectReplay(409, () => adjust(`${refused}`, -1));
    await adjust(randomUUID(), 5);
    expect(repeatable(await adjust(`${refused}`, -1))).toEqual(repeatable(first));
    const adjustMany = (key: string, product_id: string) =>
      write(key, 'POST', '/stock-adjustments', { body: { lines: [{ product_id, delta: -2 }] } });
    await expectReplay(200, () => adjustMany(`${together}`, id));
    await expectReplay(404, () => adjustMany(`${unknown}`, UNKNOWN_ID));
    expect((await adjust(`${sale}`, -1)).status).toBe(422);
    const { text } = await send(api.baseUrl, { path: `/products/${id}` });
    expect(JSON.parse(text).stock_quantity).toBe(3);
    const ledger = JSON.parse((await send(api.baseUrl, { path })).text);
    expect(ledger.items.map(({ delta }: { delta: number }) => delta)).toEqual([
      -2,
      5,
      -mouse.stock_quantity,
      mouse.stock_quantity,
    ]);
  });

  test('of adjustments at once, those with a key and those without one are decided', async () => {
    const { id } = await createMouse();
    const path = `/products/${id}/stock-adjustments`;
    const body = JSON.stringify({ delta: -mouse.stock_quantity - 1 });
    const key = randomUUID();
    await write(key, 'POST', path, { body });
    const headers = { 'Content-Type': 'application/json' };
    const responses = await Promise.all([
      write(key, 'POST', path, { body }),
      send(api.baseUrl, { method: 'POST', path, headers, body }),
      write(randomUUID(), 'POST', path, { body }),
    ]);
    expect(responses.map(({ status }) => status)).toEqual([409, 409, 409]);
  });

  test('the order of fields, white space and unknown fields do not matter', async () => {
    const key = randomUUID();
    const { name, ...others } = mouse;
    const first = await write(key, 'POST', '/products', { body: { name, ...others } });
    for (const body of [{ ...others, name }, JSON.stringify(mouse, null, 2), { ...mouse, x: 1 }]) {
      expect((await write(key, 'POST', '/products', { body })).text).toBe(first.text);
    }
    const quoted = await write(`"${key}"`, 'POST', '/products', { body: mouse });
    expect(quoted.text).toBe(first.text);
  });

  test('another request with the same key is a 422 and changes nothing', async () => {
    const { id, etag } = await createMouse();
    const path = `/products/${id}`;
    const key = randomUUID();
    await write(key, 'PUT', path, { body: { price: 7 } });
    const before = await count();
    const others = await Promise.all([
      write(key, 'PUT', path, { body: { price: 8 } }),
      write(key, 'PUT', path, { body: { price: 7 }, headers: { 'If-Match': etag } }),
      write(key, 'PUT', path, { body: { price: 7 }, headers: { 'If-None-Match': '"x"' } }),
      write(key, 'PUT', `/products/${UNKNOWN_ID}`, { body: { price: 7 } }),
      write(key, 'DELETE', path),
      write(key, 'POST', '/products', { body: mouse }),
    ]);
    for (const { status, text } of others) {
      expect({ status, problem: JSON.parse(text) }).toMatchObject({
        status: 422,
        problem: { type: 'urn:product-api:problem:idempotency-key-reused' },
      });
    }
    expect(await count()).toBe(before);
    expect(JSON.parse((await send(api.baseUrl, { path })).text).price).toBe(7);
  });

  test('a request that the database did not decide leaves its key free', async () => {
    const key = randomUUID();
    const path = '/products';
    const invalid = { ...mouse, price: -1 };
    expect((await write(key, 'POST', path, { body: invalid })).status).toBe(400);
    expect((await write(key, 'POST', path, { body: '{' })).status).toBe(400);
    const headers = { 'Content-Type': 'text/plain' };
    expect((await write(key, 'POST', path, { body: mouse, headers })).status).toBe(415);
    const large = `${JSON.stringify(mouse)}${' '.repeat(1024 * 1024)}`;
    expect((await write(key, 'POST', path, { body: large })).status).toBe(413);
    await expectReplay(201, () => write(key, 'POST', path, { body: mouse }));
  });

  test.each(['', '"', '"a', 'a b', 'a, b', 'x'.repeat(256)])(
    'the key %j is a 400 that names the header',
    async (key) => {
      const { status, text } = await write(key, 'POST', '/products', { body: mouse });
      expect(status).toBe(400);
      expect(JSON.parse(text).errors).toEqual([
        { field: 'idempotency-key', message: expect.stringContaining('1 to 255 visible ASCII') },
      ]);
    },
  );

  test('of two keys, neither counts', async () => {
    const { hostname, port } = new URL(api.baseUrl);
    const response = await fetch(`http://${hostname}:${port}/products/${UNKNOWN_ID}`, {
      method: 'DELETE',
      headers: [
        ['Idempotency-Key', 'a'],
        ['Idempotency-Key', 'b'],
      ],
    });
    expect(response.status).toBe(400);
  });
});
