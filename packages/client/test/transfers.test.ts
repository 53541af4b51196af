import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type RunningApi, startApi, temporaryFolder } from '@product-api/testing';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Client, createClient, type FailedLine, ValidationError } from '../src/index.js';
import { collect } from './collect.js';

let api: RunningApi;
let client: Client;

beforeAll(async () => {
  api = await startApi({ env: { SEED: 'false' } });
  client = createClient({ baseUrl: api.baseUrl });
});
afterAll(() => api?.stop());

const lamp = { name: 'Lamp', description: 'a\r\n"b", c', price: 1.5, stock_quantity: 3 };

/** Different names, in their order, of products that no other test has. */
const numbered = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    ...lamp,
    name: `${name} ${String(index).padStart(5, '0')}`,
  }));

async function namesLike(name: string): Promise<string[]> {
  const all = await collect(client.products.export({ sort: 'name' }));
  return all.map((product) => product.name).filter((each) => each.startsWith(name));
}

/**
 * Starts a proxy to the service that breaks each of the first connections: after so many bytes of
 * the response, or of the request.
 */
async function startBreakingProxy(
  side: 'request' | 'response',
  breakAfter: readonly number[],
): Promise<{ client: Client; requests: string[] }> {
  const requests: string[] = [];
  const { hostname, port } = new URL(api.baseUrl);
  const proxy = createServer((incoming, outgoing) => {
    const { method, headers, url: path } = incoming;
    const limit = breakAfter[requests.length] ?? Number.POSITIVE_INFINITY;
    requests.push(`${method} ${path}`);
    let passed = 0;
    const forwarded = request({ hostname, port, method, path, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 0, response.headers);
      response.on('data', (chunk: Buffer) => {
        passed += side === 'response' ? chunk.length : 0;
        outgoing.write(chunk);
        if (passed >= limit) {
          outgoing.destroy();
          forwarded.destroy();
        }
      });
      response.on('end', () => outgoing.end());
      response.on('error', () => outgoing.destroy());
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.on('error', () => forwarded.destroy());
    incoming.on('data', (chunk: Buffer) => {
      passed += side === 'request' ? chunk.length : 0;
      forwarded.write(chunk);
      if (passed >= limit) {
        incoming.destroy();
        forwarded.destroy();
      }
    });
    incoming.on('end', () => forwarded.end());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  // The address of a server that listens on a port is an object.
  const baseUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return { client: createClient({ baseUrl, retry: { baseDelayMs: 1 } }), requests };
}

test('a list of products is imported, and exported', async () => {
  let bytes = 0;
  const summary = await client.products.import(numbered('List', 450), {
    onProgress: (progress) => {
      bytes = progress.bytes;
    },
  });
  expect(summary).toEqual({
    read: 450,
    created: 450,
    updated: 0,
    unchanged: 0,
    failed: 0,
    complete: true,
  });
  expect(bytes).toBeGreaterThan(30_000);
  const [first] = await collect(client.products.export({ sort: 'name', max_price: 2 }));
  expect(first).toStrictEqual({ id: first?.id, ...lamp, name: 'List 00000' });
});

test('a file of CSV is imported with its failed lines', async () => {
  const folder = await temporaryFolder();
  onTestFinished(() => folder.remove());
  const file = folder.file('products.csv');
  await client.products.import(numbered('File', 3));
  await writeFile(file, client.products.exportText({ format: 'csv', sort: 'name' }));
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('File 00001', '').replaceAll('1.5', '2.5'));
  const failed: FailedLine[] = [];
  const summary = await client.products.import(() => createReadStream(file), {
    format: 'csv',
    mode: 'update',
    onError: 'skip',
    onFailed: (line) => failed.push(line),
  });
  expect(failed.map(({ errors }) => errors.map(({ field }) => field))).toEqual([['name']]);
  expect(summary).toMatchObject({ failed: 1, created: 0, complete: true });
  expect(summary.updated).toBe(summary.read - 1);
});

test('an import stops at a failed line, rejects all, or runs dry', async () => {
  const lines = [...numbered('Stop', 2), { ...lamp, price: -1 }, ...numbered('Stop', 1)];
  const { products } = client;
  expect(await products.import(lines)).toMatchObject({ created: 2, complete: false });
  const rejected = await products.import(lines, { onError: 'reject_all' });
  expect(rejected).toMatchObject({ created: 0, failed: 1, complete: false });
  const dry = await products.import(lines, { onError: 'skip', dryRun: true });
  expect(dry).toMatchObject({ created: 3, failed: 1, complete: true });
  expect(await namesLike('Stop')).toHaveLength(2);
});

test('an import goes on after broken connections, and reports each failed line once', async () => {
  const proxy = await startBreakingProxy('request', [30_000, 60_000]);
  const lines = numbered('Broken', 900);
  const failed: number[] = [];
  const summary = await proxy.client.products.import([{ ...lamp, price: 0 }, ...lines], {
    onError: 'skip',
    onFailed: ({ line }) => failed.push(line),
  });
  expect(summary).toMatchObject({ read: 901, created: 900, failed: 1, complete: true });
  expect(failed).toEqual([1]);
  expect(proxy.requests).toHaveLength(3);
  expect(await namesLike('Broken')).toEqual(lines.map(({ name }) => name));
});

test('an import whose response is lost is not made again', async () => {
  const proxy = await startBreakingProxy('response', [1]);
  const lines = numbered('Lost', 3);
  expect(await proxy.client.products.import(lines)).toMatchObject({ created: 3, complete: true });
  expect(proxy.requests).toHaveLength(2);
  expect(await namesLike('Lost')).toHaveLength(3);
});

test.each(['ndjson', 'csv'] as const)(
  'an export of %s goes on after broken connections',
  async (format) => {
    await client.products.import(numbered(`Export ${format}`, 700));
    const query = { sort: '-name', format } as const;
    const whole = (await collect(client.products.exportText(query))).join('');
    const proxy = await startBreakingProxy('response', [1, 20_000, 50_000, 1]);
    const resumed = (await collect(proxy.client.products.exportText(query))).join('');
    expect(proxy.requests).toHaveLength(5);
    expect(resumed === whole, `${resumed.length} and ${whole.length} characters`).toBe(true);
  },
);

test('a file as a whole that cannot be read is an error', async () => {
  const notCsv = client.products.import(() => ['a,b\n1,2\n'], { format: 'csv' });
  await expect(notCsv).rejects.toThrow(ValidationError);
  await expect(notCsv).rejects.toMatchObject({ errors: [{ field: 'body' }] });
});

test('an error of the source ends the import', async () => {
  const missing = client.products.import(() => createReadStream('/no/such/file'));
  await expect(missing).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a signal ends an import and an export', async () => {
  const stop = new AbortController();
  const reason = new Error('enough');
  async function* endless() {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      yield lamp;
    }
  }
  const onProgress = () => stop.abort(reason);
  const importing = client.products.import(endless, { signal: stop.signal, onProgress });
  await expect(importing).rejects.toBe(reason);
  const exporting = client.products.export({}, { signal: stop.signal });
  await expect(collect(exporting)).rejects.toBe(reason);
});
