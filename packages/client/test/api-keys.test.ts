import { eventually, type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, createClient, ForbiddenError } from '../src/index.js';

const ADMIN_API_KEY = 'admin-key-of-the-tests-0123456789abcdef';
const lamp = { name: 'Lamp', description: 'Warm light', price: 12.5, stock_quantity: 3 };

let api: RunningApi;
let admin: Client;

beforeAll(async () => {
  api = await startApi({ env: { AUTH: 'all', ADMIN_API_KEY } });
  admin = createClient({ baseUrl: api.baseUrl, apiKey: ADMIN_API_KEY });
});
afterAll(() => api?.stop());

test('a key does what its scopes allow, and an error names the scope that it needs', async () => {
  const { key, ...made } = await admin.apiKeys.create({ name: 'shop', scopes: ['products:read'] });
  const shop = createClient({ baseUrl: api.baseUrl, apiKey: key });
  const { id, name, scopes, expires_at } = made;
  expect(await shop.apiKeys.self()).toEqual({ id, name, scopes, expires_at });
  expect((await shop.products.listPage({ limit: 1 })).items).toHaveLength(1);
  const failure = await shop.products.create(lamp).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ForbiddenError);
  expect(failure).toMatchObject({ status: 403, requiredScope: 'products:write' });
  await expect(shop.apiKeys.list()).rejects.toMatchObject({ requiredScope: 'admin' });
  expect(await admin.apiKeys.list()).toContainEqual(made);
});

test.each([
  ['no key', undefined],
  ['an unknown key', 'pk_unknown'],
])('%s is an UnauthorizedError, but health checks need none', async (_, apiKey) => {
  const { products, health } = createClient({ baseUrl: api.baseUrl, apiKey });
  await expect(products.listPage()).rejects.toMatchObject({
    name: 'UnauthorizedError',
    status: 401,
    requestId: expect.any(String),
  });
  await expect(products.create(lamp)).rejects.toMatchObject({ name: 'UnauthorizedError' });
  expect(await health.live()).toEqual({ status: 'ok' });
});

test('a program that reads its key again goes on while the key is rotated', async () => {
  const first = await admin.apiKeys.create({ name: 'job', scopes: ['products:write'] });
  let stored = first.key;
  const job = createClient({ baseUrl: api.baseUrl, apiKey: async () => stored });
  const { id } = await job.products.create(lamp);
  const next = await admin.apiKeys.rotate(first.id, { overlap_seconds: 60 });
  await job.products.update(id, { price: 13 });
  stored = next.key;
  await job.products.update(id, { price: 14 });
  expect(await admin.apiKeys.revoke(first.id)).toBeUndefined();
  await job.products.delete(id);
  const old = createClient({ baseUrl: api.baseUrl, apiKey: first.key });
  await eventually(() =>
    expect(old.apiKeys.self()).rejects.toMatchObject({ name: 'UnauthorizedError' }),
  );
});

test('an unknown key cannot be revoked or rotated, and faults of a new one are named', async () => {
  for (const call of [admin.apiKeys.revoke('unknown'), admin.apiKeys.rotate('unknown')]) {
    await expect(call).rejects.toMatchObject({
      name: 'NotFoundError',
      problem: { detail: 'API key not found' },
    });
  }
  await expect(admin.apiKeys.create({ name: '', scopes: [] })).rejects.toMatchObject({
    name: 'ValidationError',
    errors: [{ field: 'name' }, { field: 'scopes' }],
  });
});
