import { setTimeout as sleep } from 'node:timers/promises';
import { type CreatedApiKey, MAX_API_KEYS } from '@product-api/contract';
import { eventually, type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { ApiKeyRepository } from '../../src/api-keys/api-key-repository.js';
import { CurrentKeys } from '../../src/api-keys/current-keys.js';
import { describeDatabases } from '../describe-databases.js';
import { mouse } from '../sample-product.js';
import {
  ADMIN_KEY,
  createKey,
  listKeys,
  revokeKey,
  sendWithKey,
  statusWith,
  UNKNOWN_KEY,
} from './keys.js';

/** Milliseconds after which no process accepts a revoked key: CACHE_POLL_MS and 350. */
const REVOKED_WITHIN_MS = 600;

const HOUR_S = 3600;

describeDatabases((catalog) => {
  let one: RunningApi;
  let other: RunningApi;

  beforeAll(async () => {
    const env = { DATABASE_URL: catalog().url, AUTH: 'all', ADMIN_API_KEY: ADMIN_KEY };
    one = await startApi({ env });
    other = await startApi({ env });
  });

  afterAll(() => Promise.all([one.stop(), other.stop()]));

  /** Sends a request to one of the hosts, with the key of the operator unless another is given. */
  const send = async (method: string, path: string, body?: unknown, key?: string) => {
    const response = await sendWithKey(one.baseUrl, { method, path, body }, key);
    return { ...response, json: response.text === '' ? undefined : JSON.parse(response.text) };
  };

  const sql = (statement: string) => catalog().database.client.$executeRawUnsafe(statement);

  async function rotate(id: string, overlap_seconds: number): Promise<CreatedApiKey> {
    return (await send('POST', `/api-keys/${id}/rotate`, { overlap_seconds })).json;
  }

  /** Keeps a host busy with reads until the test ends. */
  function load({ baseUrl }: RunningApi): void {
    let stopped = false;
    const clients = Array.from({ length: 8 }, async () => {
      while (!stopped) {
        await sendWithKey(baseUrl, { path: '/products' });
      }
    });
    onTestFinished(async () => {
      stopped = true;
      await Promise.all(clients);
    });
  }

  /** Sends requests until `forMs` have passed, and returns when each was sent and its status. */
  async function watch(key: string, { baseUrl }: RunningApi, forMs: number) {
    const seen: { sentAfterMs: number; status: number }[] = [];
    const since = performance.now();
    for (let sentAfterMs = 0; sentAfterMs < forMs; sentAfterMs = performance.now() - since) {
      seen.push({ sentAfterMs, status: await statusWith(key, baseUrl) });
    }
    return seen;
  }

  test('a new key is accepted at once by every host, and its secret is in one response only', async () => {
    const expires_at = new Date(Date.now() + HOUR_S * 1000).toISOString();
    const body = { name: ' shop ', scopes: ['stock:write', 'products:read', 'stock:write'] };
    const created = await send('POST', '/api-keys', { ...body, expires_at });
    expect(created.status).toBe(201);
    expect(created.headers['cache-control']).toBe('no-store');
    const { key, ...rest } = created.json;
    expect(key).toMatch(new RegExp(`^pk_${rest.id}_[\\w-]{43}[0-9a-f]{8}$`));
    expect(rest).toEqual({
      id: expect.stringMatching(/^[0-9A-Za-z]{12}$/),
      name: 'shop',
      scopes: ['products:read', 'stock:write'],
      created_at: expect.any(String),
      expires_at,
    });
    for (const { baseUrl } of [other, one]) {
      const self = await sendWithKey(baseUrl, { path: '/api-keys/self' }, key);
      const { created_at: _, ...own } = rest;
      expect(JSON.parse(self.text)).toEqual(own);
    }
    const list = await send('GET', '/api-keys');
    expect(list.json.items[0]).toEqual(rest);
    expect(list.text).not.toContain(key);
  });

  test('the key of the operator describes itself, and is not in the list', async () => {
    expect((await send('GET', '/api-keys/self')).json).toEqual({
      id: 'admin',
      name: 'ADMIN_API_KEY',
      scopes: ['admin'],
      expires_at: null,
    });
    expect((await listKeys(one.baseUrl)).map(({ id }) => id)).not.toContain('admin');
    expect((await send('DELETE', '/api-keys/admin')).status).toBe(404);
    expect((await send('POST', '/api-keys/admin/rotate', {})).status).toBe(404);
  });

  test.each([
    ['name', { name: ' ' }],
    ['scopes', { scopes: [] }],
    ['scopes.0', { scopes: ['everything'] }],
    ['expires_at', { expires_at: 'tomorrow' }],
    ['expires_at', { expires_at: '2020-01-01T00:00:00Z' }],
  ])('an invalid %s is a 400 that names it: %j', async (field, changes) => {
    const before = await listKeys(one.baseUrl);
    const body = { name: 'shop', scopes: ['products:read'], ...changes };
    const { status, json } = await send('POST', '/api-keys', body);
    expect(status).toBe(400);
    expect(json.errors.map((error: { field: string }) => error.field)).toEqual([field]);
    expect(await listKeys(one.baseUrl)).toEqual(before);
  });

  test('a key that was revoked on one host is refused there at once, and on the other within 600 ms under load', async () => {
    load(one);
    load(other);
    const { id, key } = await createKey(one.baseUrl, ['products:read']);
    expect(await statusWith(key, other.baseUrl)).toBe(200);
    expect(await revokeKey(one.baseUrl, id)).toBe(204);
    const [onOne, onOther] = await Promise.all([
      watch(key, one, REVOKED_WITHIN_MS),
      watch(key, other, 2 * REVOKED_WITHIN_MS),
    ]);
    expect(onOne.filter(({ status }) => status !== 401)).toEqual([]);
    const late = onOther.filter(({ sentAfterMs }) => sentAfterMs > REVOKED_WITHIN_MS);
    expect(late.filter(({ status }) => status === 200)).toEqual([]);
    await eventually(async () => expect(await statusWith(key, other.baseUrl)).toBe(401));
  });

  test('a process that was held up does not accept what was revoked meanwhile', async () => {
    const { id, key } = await createKey(one.baseUrl, ['products:read']);
    expect(await statusWith(key, other.baseUrl)).toBe(200);
    other.kill('SIGSTOP');
    expect(await revokeKey(one.baseUrl, id)).toBe(204);
    const waiting = Array.from({ length: 8 }, () => statusWith(key, other.baseUrl));
    await sleep(REVOKED_WITHIN_MS);
    other.kill('SIGCONT');
    expect(await Promise.all(waiting)).not.toContain(200);
    await eventually(async () => expect(await statusWith(ADMIN_KEY, other.baseUrl)).toBe(200));
  });

  test('SQL by hand is obeyed after the next poll', async () => {
    const { id, key } = await createKey(one.baseUrl, ['products:read']);
    await sql(`UPDATE api_keys SET scopes = 'products:write admin' WHERE id = '${id}'`);
    const own = async () => (await send('GET', '/api-keys/self', undefined, key)).json;
    await eventually(async () =>
      expect(await own()).toMatchObject({ scopes: ['products:write', 'admin'] }),
    );
    await sql(`DELETE FROM api_keys WHERE id = '${id}'`);
    await eventually(async () => expect(await statusWith(key, one.baseUrl)).toBe(401));
  });

  test('a key expires at its time, and stays in the list', async () => {
    const expires_at = new Date(Date.now() + 1500).toISOString();
    const expiresAt = Date.parse(expires_at);
    const { id, key } = await createKey(one.baseUrl, ['products:read'], expires_at);
    const early: number[] = [];
    while (Date.now() < expiresAt) {
      const status = await statusWith(key, one.baseUrl);
      if (Date.now() < expiresAt) {
        early.push(status);
      }
    }
    expect(early.filter((status) => status !== 200)).toEqual([]);
    expect(await statusWith(key, one.baseUrl)).toBe(401);
    expect(await listKeys(one.baseUrl)).toContainEqual(expect.objectContaining({ id, expires_at }));
  });

  test('a rotated key is refused after the overlap, and its successor allows the same', async () => {
    const expires_at = new Date(Date.now() + 2 * HOUR_S * 1000).toISOString();
    const old = await createKey(one.baseUrl, ['products:read', 'stock:write'], expires_at);
    const rotatedAt = Date.now();
    const overlapping = await rotate(old.id, HOUR_S);
    const { name, scopes } = old;
    expect(overlapping).toMatchObject({ name, scopes, expires_at });
    expect(await statusWith(old.key, other.baseUrl)).toBe(200);
    expect(await statusWith(overlapping.key, other.baseUrl)).toBe(200);
    const listed = (await listKeys(one.baseUrl)).find(({ id }) => id === old.id);
    const overlapMs = Date.parse(listed?.expires_at ?? '') - rotatedAt;
    expect(overlapMs).toBeGreaterThanOrEqual(HOUR_S * 1000);
    expect(overlapMs).toBeLessThan(HOUR_S * 1000 + 60_000);

    const last = await rotate(overlapping.id, 0);
    expect(await statusWith(overlapping.key, one.baseUrl)).toBe(401);
    expect(await statusWith(last.key, one.baseUrl)).toBe(200);
  });

  test('without an overlap the old key ends also where the clock is behind', async () => {
    const behind = new CurrentKeys({
      repository: new ApiKeyRepository(catalog().database),
      configuredKey: undefined,
      pollMs: 250,
      clock: () => new Date(Date.now() - HOUR_S * 1000),
      onFailure: (error) => expect.unreachable(String(error)),
      onSuccess: () => undefined,
    });
    const old = await createKey(one.baseUrl, ['products:read']);
    const next = await rotate(old.id, 0);
    await behind.refresh();
    expect(behind.identify(`Bearer ${old.key}`)).toBe('unknown');
    expect(behind.identify(`Bearer ${next.key}`)).toMatchObject({ id: next.id });
  });

  test('an overlap does not prolong a key', async () => {
    const expires_at = new Date(Date.now() + 60_000).toISOString();
    const { id } = await createKey(one.baseUrl, ['products:read'], expires_at);
    await rotate(id, HOUR_S);
    expect(await listKeys(one.baseUrl)).toContainEqual(expect.objectContaining({ id, expires_at }));
  });

  test('a key that has expired, was revoked or never existed cannot be rotated or revoked', async () => {
    const expired = await createKey(one.baseUrl, ['products:read']);
    await sql(`UPDATE api_keys SET expires_at = created_at WHERE id = '${expired.id}'`);
    const revoked = await createKey(one.baseUrl, ['products:read']);
    await revokeKey(one.baseUrl, revoked.id);
    const before = await listKeys(one.baseUrl);
    for (const { id } of [expired, revoked, { id: UNKNOWN_KEY.slice(3, 15) }]) {
      const { status, json } = await send('POST', `/api-keys/${id}/rotate`, { overlap_seconds: 1 });
      expect([status, json.type]).toEqual([404, 'urn:product-api:problem:api-key-not-found']);
    }
    expect(await listKeys(one.baseUrl)).toEqual(before);
    expect(await revokeKey(one.baseUrl, expired.id)).toBe(204);
    expect(await revokeKey(one.baseUrl, expired.id)).toBe(404);
  });

  test('two keys do not share an Idempotency-Key', async () => {
    const keys = await Promise.all(
      [1, 2].map(() => createKey(one.baseUrl, ['products:read', 'products:write'])),
    );
    const request = {
      method: 'POST',
      path: '/products',
      headers: { 'Idempotency-Key': '"order-17"' },
      body: mouse,
    };
    const outcomes = [];
    for (const { key } of [...keys, ...keys]) {
      const { text, headers } = await sendWithKey(one.baseUrl, request, key);
      outcomes.push({ text, replayed: headers['idempotent-replayed'] });
    }
    const [first, second, firstAgain, secondAgain] = outcomes;
    expect(first?.text).not.toBe(second?.text);
    expect(firstAgain).toEqual({ ...first, replayed: 'true' });
    expect(secondAgain).toEqual({ ...second, replayed: 'true' });
  });

  test(`there are at most ${MAX_API_KEYS} keys, also if two hosts make the last ones at once`, async () => {
    const known = await listKeys(one.baseUrl);
    const room = 3;
    const rows = Array.from({ length: MAX_API_KEYS - room - known.length }, (_, index) => {
      const values = [String(index).padStart(12, '0'), 'A'.repeat(43), 'many', 'products:read'];
      const at = catalog().database.dialect === 'sqlite' ? '0' : "'1970-01-01Z'";
      return `('${values.join("', '")}', ${at})`;
    });
    await sql(
      `INSERT INTO api_keys (id, hash, name, scopes, created_at) VALUES ${rows.join(', ')}`,
    );
    const body = { name: 'last', scopes: ['products:read'] };
    const path = '/api-keys';
    const creations = Array.from({ length: 10 }, (_, index) =>
      sendWithKey((index % 2 === 0 ? one : other).baseUrl, { method: 'POST', path, body }),
    );
    const statuses = (await Promise.all(creations)).map(({ status }) => status).sort();
    expect(statuses).toEqual([201, 201, 201, 409, 409, 409, 409, 409, 409, 409]);
    const { status, json } = await send('POST', path, body);
    expect([status, json.type]).toEqual([409, 'urn:product-api:problem:api-key-limit-reached']);
    expect(await listKeys(one.baseUrl)).toHaveLength(MAX_API_KEYS);
  });
});
