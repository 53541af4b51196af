import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { createClient } from '@product-api/client';
import type { CreateProduct } from '@product-api/contract';
import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mouse } from './sample-product.js';

let api: RunningApi;

beforeAll(async () => {
  api = await startApi({ env: { REDIS_URL: '' } });
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

/** Sends requests for a cached product over one connection, all at once; the last one ends it. */
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
  const answers = (await text(socket)).split(/(?=HTTP\/1\.1 )/);
  return answers.map((answer) => {
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    return { head, body };
  });
}

async function cached(product: CreateProduct): Promise<string> {
  const created = await createClient({ baseUrl: api.baseUrl }).products.create(product);
  const path = `/products/${created.id}`;
  await readAll(path, [{}]);
  return path;
}

/** The head's lines without what differs from answer to answer; Node tells the first from the others by nothing. */
function comparable({ head }: Received): string[] {
  return head
    .split('\r\n')
    .map((line) => line.replace(/^(X-Request-Id|Date): .*/, '$1'))
    .sort();
}

for (const [kind, name] of [
  ['of ASCII', 'Wireless Mouse'],
  ['of other characters', 'Größe „Ω“ 🎧'],
]) {
  test(`an answer ${kind} that is repeated is the one that Node wrote first`, async () => {
    const path = await cached({ ...mouse, name: `${name} 1` });
    const other = await cached({ ...mouse, name: `${name}, another` });
    const [first, second, third] = await readAll(path, [{}, {}, {}]);
    const [another] = await readAll(other, [{}, {}]);
    expect(first?.head).toContain('Keep-Alive: timeout=65');
    expect(second?.body).toBe(first?.body);
    expect(JSON.parse(String(first?.body))).toMatchObject({ name: `${name} 1` });
    expect(JSON.parse(String(another?.body))).toMatchObject({ name: `${name}, another` });
    expect(second && comparable(second)).toEqual(first && comparable(first));
    // The connection ends with the third, which therefore is written anew.
    const closing = third && comparable(third).filter((line) => line !== 'Connection: close');
    const going =
      first && comparable(first).filter((line) => !/^(Connection|Keep-Alive):/.test(line));
    expect(closing).toEqual(going);
  });
}

test('every answer has the id of its own request, and a date of now', async () => {
  const path = await cached(mouse);
  const ids = ['first', 'second', 'third'];
  const answers = await readAll(
    path,
    ids.map((id) => ({ headers: [`X-Request-Id: ${id}`] })),
  );
  expect(answers.map(({ head }) => /^X-Request-Id: (.*)$/m.exec(head)?.[1]?.trim())).toEqual(ids);
  for (const { head } of answers) {
    const date = Date.parse(/^Date: (.*)$/m.exec(head)?.[1] ?? '');
    expect(Math.abs(Date.now() - date)).toBeLessThan(5000);
  }
});

test('what has no body is sent without one, and the next answer is whole', async () => {
  const path = await cached(mouse);
  const [full] = await readAll(path, [{}, {}]);
  const tag = /^ETag: (.*)$/m.exec(String(full?.head))?.[1]?.trim() ?? '';
  const notModified = { headers: [`If-None-Match: ${tag}`] };
  const head = { method: 'HEAD' };
  const answers = await readAll(path, [head, head, notModified, notModified, {}, {}]);
  expect(answers.map(({ head }) => head.split('\r\n')[0])).toEqual([
    'HTTP/1.1 200 OK',
    'HTTP/1.1 200 OK',
    'HTTP/1.1 304 Not Modified',
    'HTTP/1.1 304 Not Modified',
    'HTTP/1.1 200 OK',
    'HTTP/1.1 200 OK',
  ]);
  expect(answers.map(({ body }) => body)).toEqual(['', '', '', '', full?.body, full?.body]);
  expect(answers[0]?.head).toContain('Content-Length: ');
  expect(answers[2]?.head).not.toContain('Content-Length: ');
});

test('a client of HTTP/1.0 is told that its connection ends', async () => {
  const path = await cached(mouse);
  await readAll(path, [{}, {}]);
  const [answer] = await readAll(path, [{ version: '1.0' }]);
  expect(answer?.head).toContain('Connection: close');
  expect(JSON.parse(String(answer?.body))).toMatchObject(mouse);
});
