import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { describeDatabases } from '../describe-databases.js';
import { send } from '../raw-request.js';
import { exportText, importFile, ndjson, numberedLines } from './transfer-requests.js';

const mouse = { name: 'Mouse', description: '', price: 9.99, stock_quantity: 1 };
const missingId = randomUUID();

describeDatabases((catalog) => {
  let api: RunningApi;

  beforeAll(async () => {
    api = await startApi({
      env: { DATABASE_URL: catalog().url, SEED: 'false', BODY_LIMIT_BYTES: '65536' },
    });
  });

  beforeEach(() => catalog().database.client.product.deleteMany());

  afterAll(() => api.stop());

  const run = (lines: readonly unknown[], query = '', headers = {}) =>
    importFile(api.baseUrl, ndjson(lines), { query, headers });

  const versionsById = async () => {
    const rows = await catalog().database.client.product.findMany();
    return Object.fromEntries(rows.map(({ id, version }) => [id, Number(version)]));
  };

  test('a line creates, changes or keeps the product with its id', async () => {
    const id = randomUUID();
    await run([{ id, ...mouse }]);
    const { status, lines, summary } = await run(
      [
        { id: id.toUpperCase(), price: 9.99 },
        { ...mouse },
        { id, price: 5 },
        { id },
        { id, ...mouse, price: 5 },
      ],
      'report=all',
    );
    expect(status).toBe(200);
    expect(lines.map(({ outcome }) => outcome)).toEqual([
      'unchanged',
      'created',
      'updated',
      'unchanged',
      'unchanged',
    ]);
    expect(summary).toEqual({
      read: 5,
      created: 1,
      updated: 1,
      unchanged: 3,
      failed: 0,
      complete: true,
    });
    // An unchanged row is not written.
    expect((await versionsById())[id]).toBe(2);
  });

  test.each([
    ['create', { exists: 'id', missing: undefined, partial: 'name' }],
    ['update', { exists: undefined, missing: 'id', partial: undefined, anonymous: 'id' }],
    ['upsert', { exists: undefined, missing: undefined, partial: undefined, newPartial: 'name' }],
  ])('%s refuses lines that do something else', async (mode, expected) => {
    const id = randomUUID();
    await run([{ id, ...mouse }]);
    const lines = {
      exists: { id, ...mouse, price: 3 },
      missing: { id: missingId, ...mouse },
      partial: { id, price: 2 },
      anonymous: mouse,
      newPartial: { id: randomUUID(), price: 2 },
    };
    for (const [name, field] of Object.entries(expected)) {
      const line = lines[name as keyof typeof lines];
      const response = await run([line], `mode=${mode}`);
      const [failed] = response.lines;
      expect([name, failed?.errors]).toEqual([
        name,
        field && expect.arrayContaining([expect.objectContaining({ field })]),
      ]);
    }
  });

  test('errors name the line of the file and the field', async () => {
    const file = [
      JSON.stringify(mouse),
      '',
      JSON.stringify({ ...mouse, price: -1, stock_quantity: 1.5 }),
      '{"name": "x"',
      '[]',
      JSON.stringify({ ...mouse, id: 'x' }),
      JSON.stringify({ ...mouse, description: 'x'.repeat(70_000) }),
      '{"prize": 3, "id": "3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b"}',
      JSON.stringify(mouse),
    ].join('\r\n');
    const { lines, summary } = await importFile(api.baseUrl, file, { query: 'on_error=skip' });
    expect(lines).toEqual([
      {
        line: 3,
        errors: [
          { field: 'price', message: 'Value error, Price must be greater than zero' },
          { field: 'stock_quantity', message: 'Input should be a valid integer' },
        ],
      },
      {
        line: 4,
        errors: [{ field: 'body', message: expect.stringMatching(/^Line should be valid JSON/) }],
      },
      { line: 5, errors: [{ field: 'body', message: 'Input should be a valid JSON object' }] },
      { line: 6, errors: [{ field: 'id', message: 'Input should be a UUID version 4' }] },
      { line: 7, errors: [{ field: 'body', message: 'Line should have at most 65536 bytes' }] },
      { line: 8, errors: [{ field: 'prize', message: 'Unknown field; did you mean price?' }] },
    ]);
    expect(summary).toMatchObject({ read: 8, created: 2, failed: 6, complete: true });
  });

  test('errors of a CSV file name the line where the record begins', async () => {
    const file = [
      '\uFEFFname,description,price,stock_quantity,colour',
      'A,"two\r\nlines",1,0,red',
      'B,"three\n\nlines",x,0,red',
      '',
      'C,,2,0',
      'D,,,0,red',
      'E,,3, 7 ,red',
    ].join('\r\n');
    const headers = { 'Content-Type': 'text/csv; charset=UTF-8' };
    const skipping = { query: 'on_error=skip', headers };
    const { lines, summary } = await importFile(api.baseUrl, file, skipping);
    expect(lines).toEqual([
      { line: 4, errors: [{ field: 'price', message: 'Input should be a valid number' }] },
      {
        line: 8,
        errors: [{ field: 'body', message: 'Line should have 5 cells, as line 1, and has 4' }],
      },
      { line: 9, errors: [{ field: 'price', message: 'Field required' }] },
    ]);
    expect(summary).toMatchObject({ created: 2, failed: 3, complete: true });

    const strict = { ...skipping, headers: { ...headers, Prefer: 'handling=strict' } };
    const response = await importFile(api.baseUrl, file, strict);
    expect(response.headers['preference-applied']).toBe('handling=strict');
    expect(response.summary).toMatchObject({ created: 0, failed: 5 });
  });

  test('stop keeps what the lines before the failed one did', async () => {
    const file = `${numberedLines(350)}{"price":0}\n${numberedLines(10)}`;
    const { lines, summary } = await importFile(api.baseUrl, file);
    expect(lines.map(({ line }) => line)).toEqual([351]);
    expect(summary).toMatchObject({ read: 351, created: 350, failed: 1, complete: false });
    expect(Object.keys(await versionsById())).toHaveLength(350);

    const conflicting = [mouse, { id: missingId, price: 1 }, mouse];
    const stopped = await run(conflicting, 'mode=upsert');
    expect(stopped.lines.map(({ line }) => line)).toEqual([2]);
    expect(stopped.summary).toMatchObject({ read: 2, created: 1, failed: 1, complete: false });
  });

  test('reject_all changes nothing if a line fails, and takes up to 1,000 lines', async () => {
    const all = { query: 'on_error=reject_all' };
    const conflicting = numberedLines(300) + ndjson([{ id: missingId, price: 1 }, { price: 0 }]);
    const rejected = await importFile(api.baseUrl, conflicting, all);
    expect(rejected.lines.map(({ line }) => line)).toEqual([301, 302]);
    expect(rejected.summary).toMatchObject({ read: 302, created: 0, failed: 2, complete: false });
    const tooLong = await importFile(api.baseUrl, numberedLines(1001), all);
    expect(tooLong.summary).toMatchObject({ created: 0, complete: false });
    expect(tooLong.problem.type).toBe('urn:product-api:problem:content-too-large');
    const broken = await importFile(
      api.baseUrl,
      'name,description,price,stock_quantity\nA,,1,1\n"',
      {
        ...all,
        headers: { 'Content-Type': 'text/csv' },
      },
    );
    expect(broken.summary).toMatchObject({ created: 0, complete: false });
    expect(await versionsById()).toEqual({});

    const { summary } = await importFile(api.baseUrl, numberedLines(1000), all);
    expect(summary).toMatchObject({ created: 1000, complete: true });
  });

  test('a dry run says what would happen, and changes nothing', async () => {
    const id = randomUUID();
    await run([{ id, ...mouse }]);
    const lines = [mouse, { id, price: 1 }, { id, ...mouse }, { price: 0 }];
    const { lines: reports, summary } = await run(lines, 'dry_run=true&on_error=skip&report=all', {
      'Idempotency-Key': 'dry',
    });
    expect(reports.map(({ outcome = 'failed' }) => outcome)).toEqual([
      'created',
      'updated',
      'unchanged',
      'failed',
    ]);
    expect(summary).toMatchObject({ read: 4, complete: true });
    expect(await versionsById()).toEqual({ [id]: 1 });
    // The key is still free.
    const real = await run(lines.slice(0, 3), '', { 'Idempotency-Key': 'dry' });
    expect(real.summary).toMatchObject({ created: 1, updated: 2, unchanged: 0 });
  });

  test('a read sees what an import has changed, at once', async () => {
    const lines = Array.from({ length: 60 }, (_, index) => ({
      id: randomUUID(),
      ...mouse,
      price: index + 1,
    }));
    const get = async (id = '') => (await send(api.baseUrl, { path: `/products/${id}` })).text;
    for (const { id } of lines) {
      // The cache now holds that there is no such product.
      await get(id);
    }
    await run(lines);
    for (const { id } of lines) {
      expect(JSON.parse(await get(id)).id).toBe(id);
    }
    await run(lines.map(({ id }) => ({ id, price: 7 })));
    for (const { id } of lines) {
      expect(JSON.parse(await get(id)).price).toBe(7);
    }
  });

  test.each([
    ['CSV without names of fields', 'text/csv', 'a,b\n1,2\n', /names of fields/],
    ['CSV with a repeated name', 'text/csv', 'name,name\n', /names name twice/],
    ['CSV with a quote that does not end', 'text/csv', 'name\n"x', /Body should be valid CSV/],
    ['CSV with carriage returns alone', 'text/csv', 'name,price\rA,1\r', /end with a line feed/],
    ['CSV with many columns', 'text/csv', `name${',x'.repeat(1000)}\n`, /at most 1000 columns/],
    ['CSV that is not UTF-8', 'text/csv', Buffer.from([0x6e, 0xff, 0x0a]), /valid UTF-8/],
  ])('%s ends the import', async (_what, mediaType, file, message) => {
    const { summary, problem } = await importFile(api.baseUrl, file, {
      headers: { 'Content-Type': mediaType },
    });
    expect(summary).toMatchObject({ complete: false });
    expect(problem).toMatchObject({
      type: 'urn:product-api:problem:validation-error',
      errors: [{ field: 'body', message: expect.stringMatching(message) }],
    });
  });

  test('gzip that is damaged ends the import', async () => {
    const { summary, problem } = await importFile(api.baseUrl, 'not gzip', {
      headers: { 'Content-Encoding': 'gzip' },
    });
    expect(summary).toMatchObject({ read: 0, complete: false });
    expect(problem.errors).toEqual([{ field: 'body', message: 'Body should be valid gzip' }]);
  });

  test('gzip may have several parts, each with a part of a line', async () => {
    const file = numberedLines(3);
    const parts = [file.slice(0, 50), file.slice(50)].map((part) => gzipSync(part));
    const { summary } = await importFile(api.baseUrl, Buffer.concat(parts), {
      headers: { 'Content-Encoding': 'gzip' },
    });
    expect(summary).toMatchObject({ read: 3, created: 3, complete: true });
  });

  test('the empty lines of a compressed file are counted, and left out', async () => {
    const file = gzipSync(`${'\n'.repeat(200_000)}${numberedLines(1)}`);
    const { lines, summary } = await importFile(api.baseUrl, file, {
      query: 'report=all',
      headers: { 'Content-Encoding': 'gzip' },
    });
    expect(lines.map(({ line }) => line)).toEqual([200_001]);
    expect(summary).toMatchObject({ read: 1, created: 1, complete: true });
  });

  test('other media types, charsets and encodings are refused', async () => {
    for (const headers of [
      { 'Content-Type': 'application/json' },
      { 'Content-Type': 'text/csv; charset=latin1' },
      { 'Content-Encoding': 'br' },
    ]) {
      const response = await send(api.baseUrl, {
        method: 'POST',
        path: '/imports/products',
        headers: { 'Content-Type': 'text/csv', ...headers },
        body: 'x',
      });
      expect(response.status).toBe(415);
      expect(response.headers['accept']).toContain('application/x-ndjson');
    }
  });

  test('an empty file is a complete import', async () => {
    const { summary } = await importFile(api.baseUrl, '');
    expect(summary).toMatchObject({ read: 0, complete: true });
    expect(await exportText(api.baseUrl)).toBe('');
  });
});
