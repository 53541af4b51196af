import { writeFile } from 'node:fs/promises';
import { type RunningApi, startApi, temporaryFolder } from '@product-api/testing';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { runCatalog } from './run-catalog.js';
import { startServer } from './start-server.js';

const UNKNOWN_ID = '3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b';

let api: RunningApi;
const catalog = (args: readonly string[], options: { stdin?: string | Buffer } = {}) =>
  runCatalog(['products', ...args], { baseUrl: api.baseUrl, ...options });

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.stop());

async function createMouse() {
  const body = { name: 'Mouse', description: 'Small', price: 29.99, stock_quantity: 100 };
  const { stdout } = await catalog(['create', '--file', '-', '--json'], {
    stdin: JSON.stringify(body),
  });
  const product: typeof body & { id: string } = JSON.parse(stdout);
  return product;
}

describe('create', () => {
  test('creates a product from options and shows it', async () => {
    const args = ['create', '--name', 'Lamp 💡', '--price', '12.5', '--stock', '3'];
    const { exitCode, stdout } = await catalog(args);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^ID {11}[0-9a-f-]{36}\nName {9}Lamp 💡\nPrice {8}12\.50\nStock {8}3\nDescription\n$/,
    );
  });

  test('creates a product from a JSON file', async () => {
    const folder = await temporaryFolder();
    onTestFinished(() => folder.remove());
    const path = folder.file('lamp.json');
    await writeFile(path, '{"name":"Lamp","description":"Warm","price":1,"stock_quantity":0}');
    const { stdout } = await catalog(['create', '--file', path, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ name: 'Lamp', price: 1 });
  });

  test('prints every invalid field on a line of its own', async () => {
    const args = ['create', '--name', ' ', '--price', '-5', '--stock', '-1'];
    expect(await catalog(args)).toEqual({
      exitCode: 4,
      stdout: '',
      stderr: [
        'error: Validation error',
        '  name: Value error, Product name must not be empty',
        '  price: Value error, Price must be greater than zero',
        '  stock_quantity: Value error, Stock quantity must not be negative',
        '',
      ].join('\n'),
    });
  });

  test('refuses a product without its required options', async () => {
    const { exitCode, stderr } = await catalog(['create', '--name', 'Lamp']);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: 'error: A product needs --price, --stock, or --file\n',
    });
  });

  test.each([
    ['invalid JSON', '{"a": 1,\n b}', 'Standard input must contain JSON: see line 2, column 2'],
    ['an array', '[]', 'Standard input must contain a JSON object'],
    [
      'JSON that is nested too deeply',
      `{"name": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      'Standard input must be nested at most 100 levels deep',
    ],
    [
      'invalid JSON that is nested too deeply',
      '['.repeat(100_000),
      'Standard input must contain JSON',
    ],
    ['nothing', '', 'Standard input must contain JSON: see line 1, column 1'],
  ])('refuses standard input with %s', async (_, stdin, message) => {
    const { exitCode, stderr } = await catalog(['create', '--file', '-'], { stdin });
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: `error: ${message}\n` });
  });

  const LATIN1 = Buffer.from(
    '{"name":"Caf\xe9","description":"","price":1,"stock_quantity":0}',
    'latin1',
  );

  test.each([
    ['Latin-1', LATIN1],
    ['UTF-16', Buffer.from('\ufeff{"name":"Café"}', 'utf16le')],
  ])('refuses a file and standard input in %s', async (_, bytes) => {
    const folder = await temporaryFolder();
    onTestFinished(() => folder.remove());
    const path = folder.file('lamp.json');
    await writeFile(path, bytes);
    const advice = 'Save it as UTF-8, or convert it: iconv -f LATIN1 -t UTF-8\n';
    expect(await catalog(['create', '--file', path])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `error: ${path} must be text in UTF-8. ${advice}`,
    });
    expect(await catalog(['create', '--file', '-'], { stdin: bytes })).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `error: Standard input must be text in UTF-8. ${advice}`,
    });
  });

  test('takes a byte order mark', async () => {
    const stdin = '\ufeff{"name":"Café","description":"","price":1,"stock_quantity":0}';
    const { exitCode, stdout } = await catalog(['create', '--file', '-', '--json'], { stdin });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ name: 'Café' });
  });

  test('refuses a file together with options', async () => {
    const { exitCode, stderr } = await catalog(['create', '--file', '-', '--price', '1']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('cannot be used with');
  });
});

describe('get', () => {
  test('prints only the product with --json', async () => {
    const mouse = await createMouse();
    const { stdout } = await catalog(['get', mouse.id, '--json']);
    expect(stdout).toBe(`${JSON.stringify(mouse)}\n`);
  });

  test('shows the entity tag with --etag', async () => {
    const mouse = await createMouse();
    const { stdout } = await catalog(['get', mouse.id, '--etag']);
    expect(stdout).toMatch(/^ETag {9}"[^"]+"\nCache {8}\w+$/m);
    const { stdout: json } = await catalog(['get', mouse.id, '--etag', '--json']);
    expect(JSON.parse(json)).toEqual({
      product: mouse,
      etag: expect.stringMatching(/^"/),
      cache: expect.any(String),
    });
  });

  test.each([UNKNOWN_ID, '..', 'a/b?x'])('ends with 3 for the unknown id %s', async (id) => {
    const { exitCode, stdout, stderr } = await catalog(['get', id]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    expect(stderr).toMatch(/^error: Product not found\n {2}GET .+ returned 404; request id \S+\n$/);
  });

  test('lists several products in the order of their ids, each once', async () => {
    const [first, second] = [await createMouse(), await createMouse()];
    const ids = [second.id, first.id, second.id];
    const expected = `${JSON.stringify(second)}\n${JSON.stringify(first)}\n`;
    expect(await catalog(['get', ...ids, '--json'])).toEqual({
      exitCode: 0,
      stdout: expected,
      stderr: '',
    });
    const { stdout: table } = await catalog(['get', ...ids]);
    expect(table).toMatch(new RegExp(`^ID .*\n${second.id} .*\n${first.id} .*\n$`));
  });

  test('reads ids from standard input', async () => {
    const { id } = await createMouse();
    const { stdout } = await catalog(['get', '-', '--json'], { stdin: ` ${id}\n\n${id}\r\n` });
    expect(JSON.parse(stdout).id).toBe(id);
    const { exitCode, stderr } = await catalog(['get', '-'], { stdin: ' \n' });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Standard input must have ids of products');
  });

  test('prints the products that exist, names the other ids, and ends with 3', async () => {
    const mouse = await createMouse();
    expect(await catalog(['get', UNKNOWN_ID, mouse.id, 'no id', '--json'])).toEqual({
      exitCode: 3,
      stdout: `${JSON.stringify(mouse)}\n`,
      stderr: `error: Product not found\n  ${UNKNOWN_ID}\n  no id\n`,
    });
  });

  test('shows an entity tag only of one product', async () => {
    const { exitCode, stderr } = await catalog(['get', UNKNOWN_ID, UNKNOWN_ID, '--etag']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('give exactly one id');
  });
});

describe('update', () => {
  test('changes the fields in the options', async () => {
    const mouse = await createMouse();
    const { stdout } = await catalog(['update', mouse.id, '--price', '24.99', '--json']);
    expect(JSON.parse(stdout)).toEqual({ ...mouse, price: 24.99 });
  });

  test('refuses an entity tag from before the last change', async () => {
    const { id } = await createMouse();
    const { stdout } = await catalog(['get', id, '--etag', '--json']);
    // A shell removes the quotes.
    const etag = JSON.parse(stdout).etag.replaceAll('"', '');
    const first = await catalog(['update', id, '--stock', '1', '--if-match', etag]);
    const second = await catalog(['update', id, '--stock', '2', '--if-match', etag]);
    const deletion = await catalog(['delete', id, '--if-match', etag]);
    expect([first, second, deletion].map(({ exitCode }) => exitCode)).toEqual([0, 5, 5]);
  });

  test('refuses an update without changes', async () => {
    const { exitCode } = await catalog(['update', UNKNOWN_ID]);
    expect(exitCode).toBe(2);
  });
});

describe('delete', () => {
  const ids = (products: readonly { id: string }[]) => products.map(({ id }) => id);

  test('several products need --yes where nobody can be asked', async () => {
    const mice = [await createMouse(), await createMouse()];
    const question = 'Delete 2 products? Confirm it with --yes: there is no terminal to ask on';
    expect(await catalog(['delete', ...ids(mice)])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `error: ${question}\n`,
    });
    const deletion = await catalog(['delete', '-', '--yes'], { stdin: ids(mice).join('\n') });
    expect(deletion).toEqual({
      exitCode: 0,
      stdout: ids(mice)
        .map((id) => `Deleted ${id}\n`)
        .join(''),
      stderr: '',
    });
  });

  test('of several products, those that exist are deleted, and the others are reported', async () => {
    const [first, last] = [await createMouse(), await createMouse()];
    const ids = [first.id, UNKNOWN_ID, last.id, first.id, 'pk_1_secret'];
    const deletion = await catalog(['delete', ...ids, '--yes']);
    expect(deletion).toEqual({
      exitCode: 3,
      stdout: `Deleted ${first.id}\nDeleted ${last.id}\n`,
      stderr: `error: Product not found: ${UNKNOWN_ID}\nerror: Product not found: pk_1_…\n`,
    });
  });

  test('the first other error ends the deletion of several products', async () => {
    const baseUrl = await startServer((request, response) => {
      response.writeHead(request.url?.endsWith('/first') ? 204 : 500).end();
    });
    const args = ['products', 'delete', 'first', 'second', 'third', '--yes'];
    const { exitCode, stdout, stderr } = await runCatalog(args, { baseUrl });
    expect({ exitCode, stdout }).toEqual({ exitCode: 7, stdout: 'Deleted first\n' });
    expect(stderr).toMatch(/^Stopped at second: 2 of 3 are left\.\nerror: /);
  });

  test.each([
    ['--if-match', 'tag'],
    ['--idempotency-key', 'key'],
  ])('%s is for one product', async (...option) => {
    const outcome = await catalog(['delete', 'first', 'second', ...option]);
    expect(outcome).toMatchObject({ exitCode: 2, stdout: '' });
    expect(outcome.stderr).toContain('are for one product');
  });

  test('prints the id of the deleted product, but not with --json', async () => {
    const [first, second] = [await createMouse(), await createMouse()];
    expect(await catalog(['delete', first.id])).toMatchObject({ stdout: `Deleted ${first.id}\n` });
    expect(await catalog(['delete', second.id, '--json'])).toMatchObject({ stdout: '' });
    expect(await catalog(['delete', first.id])).toMatchObject({ exitCode: 3 });
  });
});
