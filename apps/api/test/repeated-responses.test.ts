import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { createClient } from '@product-api/client';
import type { CreateProduct } from '@product-api/contract';
import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mouse } from './sample-product.js';

let api: RunningApi;

beforeAll(async () => {
  api = await startApi();
});

afterAll(() => api.stop());

interface Sent {
  readonly method?: string;
  readonly version?: string;
  readonly headers?: readonly string[];
}

interface Received {
  readonly head: string;
  readonly body: string;
}

/** Sends requests for a cached product over one connection, all at once; the last one closes it. */
async function readAll(path: string, requests: readonly Sent[]): Promise<Received[]> {
  const { hostname, port } = new URL(api.baseUrl);
  const socket = connect({ host: hostname, port: Number(port) });
  const last = requests.length - 1;
  for (const [index, { method = 'GET', version = '1.1', headers = [] }] of requests.entries()) {
    const ending = index === last ? ['Connection: close'] : [];
    socket.write(
      [`${method} ${path} HTTP/${version}`, 'Host: test', ...headers, ...ending, '', ''].join(
        '\r\n',
      ),
    );
  }
  const responses = (await text(socket)).split(/(?=HTTP\/1\.1 )/);
  return responses.map((response) => {
    const [head = '', body = ''] = response.split('\r\n\r\n');
    return { head, body };
  });
}

async function cached(product: CreateProduct): Promise<string> {
  const created = await createClient({ baseUrl: api.baseUrl }).products.create(product);
  const path = `/products/${created.id}`;
  await readAll(path, [{}]);
  return path;
}

/** Returns the sorted lines of the head, without the values that differ between responses. */
function comparable({ head }: Received): string[] {
  return head
    .split('\r\n')
    .map((line) => line.replace(/^(X-Request-Id|Date): .*/, '$1'))
    .sort();
}

for (const [kind, name] of [
  ['ASCII', 'Wireless Mouse'],
  ['other characters', 'Größe „Ω“ 🎧'],
]) {
  test(`a repeated response with ${kind} is identical to the first one`, async () => {
    const path = await cached({ ...mouse, name: `${name} 1` });
    const other = await cached({ ...mouse, name: `${name}, another` });
    const [first, second, third] = await readAll(path, [{}, {}, {}]);
    const [another] = await readAll(other, [{}, {}]);
    expect(first?.head).toContain('Keep-Alive: timeout=65');
    expect(second?.body).toBe(first?.body);
    expect(JSON.parse(String(first?.body))).toMatchObject({ name: `${name} 1` });
    expect(JSON.parse(String(another?.body))).toMatchObject({ name: `${name}, another` });
    expect(second && comparable(second)).toEqual(first && comparable(first));
    // The third response closes the connection, which is why Node writes it anew.
    const closing = third && comparable(third).filter((line) => line !== 'Connection: close');
    const going =
      first && comparable(first).filter((line) => !/^(Connection|Keep-Alive):/.test(line));
    expect(closing).toEqual(going);
  });
}

test('every response has the id of its own request and the current date', async () => {
  const path = await cached(mouse);
  const ids = ['first', 'second', 'third'];
  const responses = await readAll(
    path,
    ids.map((id) => ({ headers: [`X-Request-Id: ${id}`] })),
  );
  expect(responses.map(({ head }) => /^X-Request-Id: (.*)$/m.exec(head)?.[1]?.trim())).toEqual(ids);
  for (const { head } of responses) {
    const date = Date.parse(/^Date: (.*)$/m.exec(head)?.[1] ?? '');
    expect(Math.abs(Date.now() - date)).toBeLessThan(5000);
  }
});

test('responses without a body leave the next response complete', async () => {
  const path = await cached(mouse);
  const [full] = await readAll(path, [{}, {}]);
  const tag = /^ETag: (.*)$/m.exec(String(full?.head))?.[1]?.trim() ?? '';
  const notModified = { headers: [`If-None-Match: ${tag}`] };
  const head = { method: 'HEAD' };
  const responses = await readAll(path, [head, head, notModified, notModified, {}, {}]);
  expect(responses.map(({ head }) => head.split('\r\n')[0])).toEqual([
    'HTTP/1.1 200 OK',
    'HTTP/1.1 200 OK',
    'HTTP/1.1 304 Not Modified',
    'HTTP/1.1 304 Not Modified',
    'HTTP/1.1 200 OK',
    'HTTP/1.1 200 OK',
  ]);
  expect(responses.map(({ body }) => body)).toEqual(['', '', '', '', full?.body, full?.body]);
  expect(responses[0]?.head).toContain('Content-Length: ');
  expect(responses[2]?.head).not.toContain('Content-Length: ');
});

test('an HTTP/1.0 client gets Connection: close', async () => {
  const path = await cached(mouse);
  await readAll(path, [{}, {}]);
  const [response] = await readAll(path, [{ version: '1.0' }]);
  expect(response?.head).toContain('Connection: close');
  expect(JSON.parse(String(response?.body))).toMatchObject(mouse);
});
