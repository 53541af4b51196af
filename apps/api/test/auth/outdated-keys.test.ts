import { openDatabase } from '@product-api/database';
import {
  eventually,
  type PostgresServer,
  type RunningApi,
  startApi,
  startPostgres,
} from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { describe, expect, onTestFinished, test } from 'vitest';
import { moveDatabase, startOn, temporaryCatalog } from '../api-on-file.js';
import { send } from '../raw-request.js';
import { mouse } from '../sample-product.js';
import { ADMIN_KEY, bearer, createKey, sendWithKey, UNKNOWN_KEY } from './keys.js';

const env = { AUTH: 'all', ADMIN_API_KEY: ADMIN_KEY, CACHE_POLL_MS: '250' };

/** The most milliseconds that the response to a request may take, with a wide margin. */
const BOUND_MS = 3000;

/** Makes a key and a cached product, and returns the function that tries every kind of key. */
async function useKeys({ baseUrl }: RunningApi) {
  const { key } = await createKey(baseUrl, ['products:read']);
  const created = await sendWithKey(baseUrl, { method: 'POST', path: '/products', body: mouse });
  const path = `/products/${JSON.parse(created.text).id}`;
  const read = async (headers: Record<string, string>) => {
    const startedAt = performance.now();
    const response = await send(baseUrl, { path, headers });
    expect(performance.now() - startedAt).toBeLessThan(BOUND_MS);
    return response;
  };
  await read(bearer(key));
  return async () => ({
    stored: await read(bearer(key)),
    unknown: await read(bearer(UNKNOWN_KEY)),
    none: await read({}),
    operator: await read(bearer(ADMIN_KEY)),
  });
}

type Outcomes = Awaited<ReturnType<Awaited<ReturnType<typeof useKeys>>>>;

function expectOutdated({ stored, unknown, none, operator }: Outcomes): void {
  for (const { status, headers, text } of [stored, unknown]) {
    expect([status, headers['retry-after']]).toEqual([503, '1']);
    expect(JSON.parse(text).detail).toBe('API keys cannot be checked at present; try again soon');
  }
  expect(none.status).toBe(401);
  expect([operator.status, operator.headers['x-cache']]).toEqual([200, 'HIT']);
}

describe('while the keys cannot be read, a key is a 503, and that of the operator is accepted', () => {
  test('on SQLite', async () => {
    const { file } = await temporaryCatalog();
    const { api } = await startOn(file, { env });
    const tryAll = await useKeys(api);
    expect((await tryAll()).stored.status).toBe(200);
    moveDatabase(file, `${file}.moved`);
    await eventually(async () => expectOutdated(await tryAll()));
    const list = await sendWithKey(api.baseUrl, { path: '/api-keys' });
    expect([list.status, list.headers['retry-after']]).toEqual([503, '30']);
  });

  test('of a table that cannot be read, and the log says so once', async () => {
    const { file } = await temporaryCatalog();
    const { api } = await startOn(file, { env });
    const tryAll = await useKeys(api);
    const { client, close } = await openDatabase({ url: `file:${file}` });
    onTestFinished(close);
    const rename = async (from: string, to: string) => {
      await client.$executeRawUnsafe(`ALTER TABLE ${from} RENAME TO ${to}`);
      await client.$executeRaw`
        UPDATE metadata SET value = ${to} WHERE key = 'api_keys_version'`;
    };
    await rename('api_keys', 'hidden_keys');
    await eventually(async () => expectOutdated(await tryAll()));
    await rename('hidden_keys', 'api_keys');
    await eventually(async () => expect((await tryAll()).stored.status).toBe(200));
    const lines = api
      .logLines()
      .flatMap((line) => (/API keys can/.test(line) ? [JSON.parse(line)] : []));
    expect(lines).toMatchObject([
      {
        level: 'error',
        msg: expect.stringMatching(/^API keys cannot be read, .*: let .* read the table api_keys/),
        err: { message: expect.stringContaining('no such table: api_keys') },
      },
      { level: 'info', msg: 'API keys can be read again' },
    ]);
  });

  describeWith('postgres')('on PostgreSQL', () => {
    test('until the server can be reached again', async () => {
      const server: PostgresServer = await startPostgres();
      onTestFinished(() => server.stop());
      const api = await startApi({ env: { ...env, DATABASE_URL: server.url } });
      onTestFinished(() => api.stop());
      const tryAll = await useKeys(api);
      await server.crash();
      await eventually(async () => expectOutdated(await tryAll()));
      await server.start();
      await eventually(async () => expect((await tryAll()).stored.status).toBe(200));
      expect((await tryAll()).unknown.status).toBe(401);
    });
  });
});
