import { type Client, createClient } from '@product-api/client';
import { eventually, type RunningApi, startApi, temporaryFolder } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { createPostgresDatabase, runSql } from '@product-api/testing/postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { send } from '../raw-request.js';
import { mouse } from '../sample-product.js';
import { idOf, insertByHand } from './hand-written-rows.js';

/** A code point of each general category of Unicode, and texts that are syntax to an engine. */
const categories = [
  'A',
  'a',
  'ǅ',
  'ʰ',
  'ƻ',
  '\u0301',
  '\u0903',
  '\u20dd',
  '7',
  'Ⅷ',
  '²',
  '_',
  '-',
  '(',
  ')',
  '«',
  '»',
  '!',
  '+',
  '$',
  '^',
  '©',
  ' ',
  '\u2028',
  '\u2029',
  '\u0001',
  '\u00ad',
  '\ue000',
  '\u0378',
  '𝄞',
  '﷽',
];
const syntax = [
  '"',
  '""',
  'a AND',
  'AND',
  'NOT',
  'a OR b',
  'name:mouse',
  '{name}:x',
  'NEAR(a b)',
  'x*y',
  '*',
  '^a',
  "o'neil",
  "'; DROP TABLE products; --",
  'C++',
  'a & b',
  'a | b',
  '!a',
  'a <-> b',
  'a:*',
  'a:1A',
  '\\',
  "'a':*",
  '--',
  '- -',
  '-"',
  '%',
  '_',
  '?',
  '$1',
  '\u{1f42d}',
  'null',
  'a"b"c',
  '-"-"',
  'x'.repeat(200),
];

/** The URL of a new database, and how it is removed. */
interface TestDatabase {
  readonly url: string;
  readonly remove: () => Promise<void>;
}

async function sqliteDatabase(): Promise<TestDatabase> {
  const folder = await temporaryFolder();
  return { url: `file:${folder.file('catalog.db')}`, remove: () => folder.remove() };
}

async function postgresqlDatabase(): Promise<TestDatabase> {
  const { url, drop } = await createPostgresDatabase();
  return { url, remove: drop };
}

/** Declares the tests, and returns the API that they use while they run. */
function declareTests(
  createDatabase: () => Promise<TestDatabase>,
): () => RunningApi & TestDatabase {
  let database: TestDatabase;
  let api: RunningApi;
  let client: Client;

  const start = async () => {
    const env = { DATABASE_URL: database.url, SEED: 'false', CORS_ORIGINS: '*' };
    api = await startApi({ env });
    client = createClient({ baseUrl: api.baseUrl });
  };

  beforeAll(async () => {
    database = await createDatabase();
    await start();
  });

  afterAll(async () => {
    await api.stop();
    await database.remove();
  });

  const search = (q: string, parameters = '') =>
    send(api.baseUrl, {
      path: `/products?q=${encodeURIComponent(q)}${parameters}`,
      headers: { Origin: 'https://shop.example' },
    });
  const namesOf = async (q: string) =>
    (await client.products.list({ q }).toArray()).map(({ name }) => name);

  test('a product is found with its 201, by its new words with its 200, and not after its 204', async () => {
    for (let round = 0; round < 20; round++) {
      const name = `Turntable${round}`;
      const { id } = await client.products.create({ ...mouse, name });
      expect(await namesOf(name)).toEqual([name]);
      await client.products.update(id, { name: `Phono${round}` });
      expect([await namesOf(name), await namesOf(`phono${round}`)]).toEqual([
        [],
        [`Phono${round}`],
      ]);
      await client.products.delete(id);
      expect(await namesOf(`phono${round}`)).toEqual([]);
    }
  });

  test('case, marks, beginnings, phrases, exclusions and part numbers are understood', async () => {
    await client.products.create({ ...mouse, name: 'Crème KT-INS114-DRE', description: 'USB hub' });
    const found = {
      creme: true,
      'CRÈME x': false,
      'CRÈME dre': true,
      cre: true,
      c: false,
      'cr hub': false,
      'crem usb hu': false,
      'creme usb hu': true,
      '"usb hub"': true,
      '"hub usb"': false,
      'kt-ins114': true,
      'KT-INS': true,
      'INS114-DRE': true,
      'kt-dre': false,
      'creme -usb': false,
      'creme -"hub usb"': true,
      'creme -laptop': true,
      '"dre usb"': false,
    };
    for (const [q, isFound] of Object.entries(found)) {
      expect([q, (await namesOf(q)).length > 0]).toEqual([q, isFound]);
    }
  });

  test('a search without a required word finds nothing', async () => {
    for (const q of ['?', '-creme', '"', '🐭', '-']) {
      const { status, text } = await search(q);
      expect([status, text]).toEqual([200, '{"items":[],"next_cursor":null}']);
    }
  });

  test('every category of Unicode and every syntax of an engine is only text', async () => {
    const products = await client.products.list().toArray();
    for (const each of [...categories, ...syntax]) {
      for (const q of [each, `creme ${each}`, `"${each}"`, `-${each} creme`, `a${each}b`]) {
        if ([...q].length <= 200) {
          const { status } = await search(q);
          expect([q, status]).toEqual([q, 200]);
        }
      }
    }
    expect(await client.products.list().toArray()).toEqual(products);
  });

  test('an invalid search is refused by field', async () => {
    const errorsOf = async (path: string) => {
      const { status, text } = await send(api.baseUrl, { path });
      expect(status).toBe(400);
      return JSON.parse(text).errors;
    };
    expect(await errorsOf('/products?q=')).toMatchObject([{ field: 'q' }]);
    expect(await errorsOf(`/products?q=${'x'.repeat(201)}`)).toMatchObject([{ field: 'q' }]);
    expect(await errorsOf('/products?q=a%00')).toMatchObject([{ field: 'q' }]);
    expect(await errorsOf(`/products?q=${'a+'.repeat(13)}`)).toEqual([
      { field: 'q', message: 'Input should have at most 12 words, and has 13' },
    ]);
    expect(await errorsOf('/products?sort=relevance')).toEqual([
      { field: 'sort', message: 'Input can be relevance only with q' },
    ]);
    expect(await errorsOf('/products?q=a&cursor=x')).toMatchObject([{ field: 'cursor' }]);
  });

  test('a search has an entity tag, and is 304 while its page stays the same', async () => {
    const path = '/products?q=creme&sort=name&min_price=1';
    const first = await send(api.baseUrl, { path });
    const headers = { 'If-None-Match': String(first.headers.etag) };
    expect((await send(api.baseUrl, { path, headers })).status).toBe(304);
    await client.products.create({ ...mouse, name: 'Crème 2' });
    expect((await send(api.baseUrl, { path, headers })).status).toBe(200);
  });

  test('SQL by hand is found after the next poll, and after a restart', async () => {
    await insertByHand(database.url, [{ id: idOf(1), name: 'Übergang' }]);
    await eventually(async () => expect(await namesOf('ubergang')).toEqual(['Übergang']));
    await api.stop();
    await insertByHand(database.url, [{ id: idOf(2), name: 'Zurück' }]);
    await start();
    expect([await namesOf('zuruck'), await namesOf('ubergang')]).toEqual([
      ['Zurück'],
      ['Übergang'],
    ]);
    expect(await namesOf('kt-ins114')).toHaveLength(1);
  });

  test('a partial result says so, also to pages of other origins', async () => {
    const bulk = Array.from({ length: 1100 }, (_, index) => ({
      id: idOf(1000 + index),
      name: `Bulk ${index}`,
    }));
    await insertByHand(database.url, bulk);
    await eventually(async () => {
      const { headers } = await search('bulk');
      expect(headers['x-search']).toBe('partial');
      expect(headers['access-control-expose-headers']).toContain('X-Search');
    });
    expect((await search('bulk', '&sort=name')).headers['x-search']).toBeUndefined();
    const all = client.products.list({ q: 'bulk', sort: 'price' }, { pageSize: 30 });
    await eventually(async () => expect(await all.toArray()).toHaveLength(1100));
  });

  return () => ({ ...database, ...api });
}

/** Waits with the search entries locked; its session ends when the test terminates it. */
const LOCK_ENTRIES = 'BEGIN; LOCK TABLE product_search_entries; SELECT pg_sleep(600)';

const IN_THIS_DATABASE =
  'database = (SELECT oid FROM pg_database WHERE datname = current_database())';

const SELECT_WAITING = `SELECT pid FROM pg_locks WHERE ${IN_THIS_DATABASE} AND NOT granted`;

const SELECT_LOCK = `
  SELECT pid FROM pg_locks
  WHERE ${IN_THIS_DATABASE} AND relation = 'product_search_entries'::regclass
    AND mode = 'AccessExclusiveLock' AND granted`;

describe('a search of SQLite', () => {
  const running = declareTests(sqliteDatabase);

  test('keeps no list waiting that was sent after many searches', async () => {
    const { baseUrl } = running();
    let found = 0;
    const searches = Array.from({ length: 40 }, async () => {
      const { status } = await send(baseUrl, { path: '/products?q=bulk' });
      // A slow machine refuses some of them.
      found += status === 200 ? 1 : 0;
    });
    const { status } = await send(baseUrl, { path: '/products?limit=2' });
    const foundBefore = found;
    await Promise.all(searches);
    expect(status).toBe(200);
    expect(foundBefore).toBeLessThan(found);
  });
});

describeWith('postgres')('a search of PostgreSQL', () => {
  const running = declareTests(postgresqlDatabase);

  test('that takes long keeps no list waiting', async () => {
    const { baseUrl, url } = running();
    const lock = runSql(url, LOCK_ENTRIES).catch(() => undefined);
    await eventually(async () => expect(await runSql(url, SELECT_LOCK)).toHaveLength(1));
    let isFound = false;
    const search = send(baseUrl, { path: '/products?q=creme' }).then(({ status }) => {
      isFound = true;
      return status;
    });
    await eventually(async () => expect(await runSql(url, SELECT_WAITING)).not.toEqual([]));
    const { status } = await send(baseUrl, { path: '/products?limit=2' });
    expect([status, isFound]).toEqual([200, false]);
    await runSql(url, `SELECT pg_terminate_backend(pid) FROM (${SELECT_LOCK}) AS lock`);
    await lock;
    expect(await search).toBe(200);
  });
});
