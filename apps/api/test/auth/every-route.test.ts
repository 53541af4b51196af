import { Agent } from 'node:http';
import { type Access, contract, metadataOf, type Scope, scopes } from '@product-api/contract';
import { openDatabase } from '@product-api/database';
import {
  eventually,
  type RunningApi,
  startApi,
  type TemporaryFolder,
  temporaryFolder,
} from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { send } from '../raw-request.js';
import {
  ADMIN_KEY,
  bearer,
  createKey,
  revokeKey,
  sendWithKey,
  statusWith,
  UNKNOWN_KEY,
} from './keys.js';

const modes = ['off', 'writes', 'all'] as const;

/** A route, and who may use it. No request to it is valid, so that nothing changes. */
interface Route {
  readonly method: string;
  readonly path: string;
  readonly access: Access;
}

const routes: readonly Route[] = [
  ...Object.values(contract)
    .flatMap((group) => Object.values(group))
    .map((route) => ({
      method: route.method,
      path: `${route.path.replace(':id', 'x')}?unknown=1`,
      access: metadataOf(route).access,
    })),
  { method: 'GET', path: '/metrics', access: 'metrics:read' },
];

/** How a request identifies itself, and what that allows; undefined if it is not a valid key. */
interface Credentials {
  readonly title: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly scopes: readonly Scope[] | undefined;
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });
const credentials: Credentials[] = [
  { title: 'no key', headers: {}, scopes: undefined },
  { title: 'another scheme', headers: { Authorization: 'Basic YTpi' }, scopes: undefined },
  { title: 'no token', headers: { Authorization: 'Bearer' }, scopes: undefined },
  { title: 'a text that is not a key', headers: bearer('pk_nothing'), scopes: undefined },
  { title: 'a wrong checksum', headers: bearer(`${UNKNOWN_KEY.slice(0, -1)}0`), scopes: undefined },
  { title: 'an unknown key', headers: bearer(UNKNOWN_KEY), scopes: undefined },
  {
    title: 'a part of the key of the operator',
    headers: bearer(ADMIN_KEY.slice(1)),
    scopes: undefined,
  },
  { title: 'the key of the operator', headers: bearer(ADMIN_KEY), scopes: ['admin'] },
];

let folder: TemporaryFolder;
let apis: Record<(typeof modes)[number], RunningApi>;

beforeAll(async () => {
  folder = await temporaryFolder();
  const DATABASE_URL = `file:${folder.file('catalog.db')}`;
  const start = (AUTH: string) =>
    startApi({ env: { DATABASE_URL, AUTH, ADMIN_API_KEY: ADMIN_KEY } });
  const all = await start('all');
  const [off, writes] = await Promise.all([start('off'), start('writes')]);
  apis = { off, writes, all };

  for (const scope of scopes) {
    const { key } = await createKey(all.baseUrl, [scope]);
    credentials.push({ title: `a key for ${scope}`, headers: bearer(key), scopes: [scope] });
  }
  const expired = await createKey(all.baseUrl, ['admin']);
  const revoked = await createKey(all.baseUrl, ['admin']);
  await revokeKey(all.baseUrl, revoked.id);
  const database = await openDatabase({ url: DATABASE_URL });
  await database.client.$executeRawUnsafe(
    `UPDATE api_keys SET expires_at = 1 WHERE id = '${expired.id}'`,
  );
  await database.close();
  for (const [title, { key }] of Object.entries({ expired, revoked })) {
    credentials.push({ title: `a key that is ${title}`, headers: bearer(key), scopes: undefined });
    for (const { baseUrl } of Object.values(apis)) {
      await eventually(async () => expect(await statusWith(key, baseUrl)).toBe(401));
    }
  }
});

afterAll(async () => {
  agent.destroy();
  await Promise.all(Object.values(apis).map((api) => api.stop()));
  await folder.remove();
});

/** Returns how a request must be refused; undefined if it must not be. */
function expectedRefusal(mode: string, access: Access, allowed: readonly Scope[] | undefined) {
  if (!needsKey(mode, access)) {
    return undefined;
  }
  if (allowed === undefined) {
    return 401;
  }
  const mayUse = access === 'any-key' || allowed.some((scope) => [access, 'admin'].includes(scope));
  return mayUse ? undefined : 403;
}

function needsKey(mode: string, access: Access): boolean {
  if (access === 'everyone') {
    return false;
  }
  const managesKeys = access === 'admin' || access === 'any-key';
  return managesKeys || mode === 'all' || (mode === 'writes' && access !== 'products:read');
}

test.each(modes)(
  'AUTH=%s refuses exactly the requests that their key does not allow',
  async (mode) => {
    const { baseUrl } = apis[mode];
    const outcomes = await Promise.all(
      routes.flatMap(({ access, method, path }) =>
        credentials.map(async ({ title, headers, scopes: allowed }) => {
          const { status } = await send(baseUrl, { method, path, headers }, agent);
          const request = `${method} ${path} with ${title}`;
          const expected = expectedRefusal(mode, access, allowed) ?? 'not refused';
          return { request, expected, got: [401, 403].includes(status) ? status : 'not refused' };
        }),
      ),
    );
    expect(outcomes.length).toBe(routes.length * credentials.length);
    expect(outcomes.filter(({ expected, got }) => expected !== got)).toEqual([]);
  },
);

test('a refusal says how to send a key, and nothing about why it is not valid', async () => {
  const { baseUrl } = apis.all;
  const refusals = new Map<string, string[]>();
  for (const { title, headers, scopes: allowed } of credentials) {
    if (allowed === undefined) {
      const { status, headers: sent, text } = await send(baseUrl, { path: '/products', headers });
      const { request_id: _, ...problem } = JSON.parse(text);
      expect({ status, problem }, title).toEqual({
        status: 401,
        problem: {
          type: 'urn:product-api:problem:unauthorized',
          title: 'Unauthorized',
          status: 401,
          detail: 'A valid API key is needed',
        },
      });
      const challenge = String(sent['www-authenticate']);
      refusals.set(challenge, [...(refusals.get(challenge) ?? []), title]);
    }
  }
  expect(Object.fromEntries(refusals)).toEqual({
    'Bearer realm="product-api"': ['no key', 'another scheme', 'no token'],
    'Bearer realm="product-api", error="invalid_token"': [
      'a text that is not a key',
      'a wrong checksum',
      'an unknown key',
      'a part of the key of the operator',
      'a key that is expired',
      'a key that is revoked',
    ],
  });
});

test('a key without the scope gets the name of the scope', async () => {
  const { baseUrl } = apis.all;
  const { key } = await createKey(baseUrl, ['products:read', 'stock:write']);
  const request = { method: 'POST', path: '/products', body: {} };
  const { status, headers, text } = await sendWithKey(baseUrl, request, key);
  expect(status).toBe(403);
  expect(headers['www-authenticate']).toBe(
    'Bearer realm="product-api", error="insufficient_scope", scope="products:write"',
  );
  expect(JSON.parse(text)).toMatchObject({
    type: 'urn:product-api:problem:insufficient-scope',
    required_scope: 'products:write',
  });
});

test('paths and methods that do not exist, documents and preflights need no key', async () => {
  const { baseUrl } = apis.all;
  const preflight = { Origin: 'https://shop.example', 'Access-Control-Request-Method': 'GET' };
  const statuses = await Promise.all(
    [
      { path: '/nothing' },
      { method: 'DELETE', path: '/products' },
      { method: 'OPTIONS', path: '/products', headers: preflight },
      { path: '/docs/' },
      { path: '/redoc' },
      { path: '/openapi.json' },
    ].map(async (request) => (await send(baseUrl, request)).status),
  );
  expect(statuses).toEqual([404, 405, 204, 200, 200, 200]);
});
