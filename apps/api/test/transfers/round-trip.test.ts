import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type RunningApi, startApi } from '@product-api/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { describeDatabases } from '../describe-databases.js';
import { prices } from '../random-products.js';
import { send } from '../raw-request.js';
import { exportText, importFile, ndjson } from './transfer-requests.js';

/** Texts that a careless CSV or JSON would change. */
const hardTexts = fc.oneof(
  fc.constantFrom(
    '=cmd|"/c calc"!A1',
    "'",
    "''=1",
    '+1',
    '-1',
    '@SUM(1)',
    '\t=1',
    'a,b',
    '"',
    '""',
    'a "quoted" b',
    'line\nline',
    'line\r\nline',
    'line\rline',
    '\uFEFFmark',
    '🐭',
    '＝1',
    '\u2028',
    '\u0001',
    "O'Neil",
    'null',
    '1e3',
    ' spaces ',
    '\\n',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }).filter((text) => !text.includes('\0')),
);

const products = fc.record({
  id: fc.uuid({ version: 4 }),
  name: hardTexts.map((text) => text.trim() || 'x'),
  description: hardTexts,
  price: prices,
  stock_quantity: fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER),
});

describeDatabases((catalog) => {
  let api: RunningApi;

  beforeAll(async () => {
    api = await startApi({ env: { DATABASE_URL: catalog().url, SEED: 'false' } });
  });

  beforeEach(() => catalog().database.client.product.deleteMany());

  afterAll(() => api.stop());

  test('an export that is imported into an empty catalog is exported as equal bytes', async () => {
    const rounds = fc.asyncProperty(
      fc.uniqueArray(products, {
        selector: ({ id }) => id,
        minLength: 1,
        maxLength: 20,
      }),
      async (sent) => {
        await catalog().database.client.product.deleteMany();
        await importFile(api.baseUrl, ndjson(sent));
        const json = await exportText(api.baseUrl, 'sort=name');
        const byId = new Map(sent.map((product) => [product.id, product]));
        expect(
          json
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line)),
        ).toEqual(
          json
            .trimEnd()
            .split('\n')
            .map((line) => byId.get(JSON.parse(line).id)),
        );
        expect(json.trimEnd().split('\n')).toHaveLength(sent.length);
        const csv = await exportText(api.baseUrl, 'sort=name&format=csv');
        for (const [file, mediaType] of [
          [json, 'application/jsonl'],
          [csv, 'text/csv'],
        ] as const) {
          await catalog().database.client.product.deleteMany();
          const { summary } = await importFile(api.baseUrl, gzipSync(file), {
            headers: { 'Content-Type': mediaType, 'Content-Encoding': 'gzip' },
          });
          expect(summary).toMatchObject({ created: sent.length, failed: 0, complete: true });
          expect(await exportText(api.baseUrl, 'sort=name')).toBe(json);
          expect(await exportText(api.baseUrl, 'sort=name&format=csv')).toBe(csv);
        }
      },
    );
    await fc.assert(rounds, { numRuns: 15, seed: 7 });
  });

  test('an export has the products and the order of a list, and goes on behind a product', async () => {
    const sent = Array.from({ length: 450 }, (_, index) => ({
      id: randomUUID(),
      name: `Product ${index}`,
      description: '',
      price: (index % 90) + 1,
      stock_quantity: index % 2,
    }));
    await importFile(api.baseUrl, ndjson(sent));
    const query = 'sort=-price&in_stock=true&min_price=10&max_price=80';
    const exported = (await exportText(api.baseUrl, query)).trimEnd().split('\n');
    const listed: unknown[] = [];
    for (let cursor = ''; ; ) {
      const path = `/products?limit=200&${query}${cursor && `&cursor=${cursor}`}`;
      const page = JSON.parse((await send(api.baseUrl, { path })).text);
      listed.push(...page.items);
      if (page.next_cursor === null) {
        break;
      }
      cursor = page.next_cursor;
    }
    expect(listed.length).toBeGreaterThan(150);
    expect(exported.map((line) => JSON.parse(line))).toEqual(listed);

    const { id } = JSON.parse(exported[99] ?? '');
    const rest = await exportText(api.baseUrl, `${query}&after=${id.toUpperCase()}`);
    expect(rest.trimEnd().split('\n').length).toBe(exported.length - 100);
    expect(rest.startsWith(`${exported[100]}\n`)).toBe(true);
  });

  test('an export that cannot go on is refused', async () => {
    const unknown = `/exports/products?after=${randomUUID()}`;
    expect((await send(api.baseUrl, { path: unknown })).status).toBe(404);
    const invalid = '/exports/products?after=1&format=xml&sort=relevance&min_price=2&max_price=1';
    const { status, text } = await send(api.baseUrl, { path: invalid });
    expect(status).toBe(400);
    const { errors } = JSON.parse(text);
    expect(errors.map(({ field }: { field: string }) => field)).toEqual(
      expect.arrayContaining(['after', 'format', 'sort']),
    );
  });

  test('HEAD has the headers of an export, and no products', async () => {
    const { status, headers, text } = await send(api.baseUrl, {
      method: 'HEAD',
      path: '/exports/products?format=csv',
    });
    expect({ status, text }).toEqual({ status: 200, text: '' });
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toBe('attachment; filename="products.csv"');
  });

  test('an empty catalog is an empty export', async () => {
    expect(await exportText(api.baseUrl)).toBe('');
    expect(await exportText(api.baseUrl, 'format=csv')).toBe(
      'id,name,description,price,stock_quantity\r\n',
    );
  });
});
