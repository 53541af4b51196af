import { connect } from 'node:net';
import { eventually, type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sumOf } from './prometheus-text.js';
import { converse, type RawResponse, responsesIn } from './raw-connection.js';
import { readMetrics } from './read-metrics.js';
import { mouse } from './sample-product.js';

const BODY_LIMIT = 1024 * 1024;

let api: RunningApi;

beforeAll(async () => {
  api = await startApi();
});

afterAll(() => api.stop());

const get = (path: string, ...headers: string[]) =>
  ['GET ', path, ' HTTP/1.1\r\nHost: x\r\n', ...headers.map((line) => `${line}\r\n`), '\r\n'].join(
    '',
  );

const post = (body: string, ...headers: string[]) =>
  [
    'POST /products HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n',
    ...headers.map((line) => `${line}\r\n`),
    `\r\n${body}`,
  ].join('');

const withLength = (body: string) => post(body, `Content-Length: ${body.length}`);

const CLOSE = 'Connection: close';

async function responsesTo(bytes: string): Promise<RawResponse[]> {
  return responsesIn(await converse(api.baseUrl, bytes));
}

/** All responses that Node's HTTP server creates by itself: lib/_http_server.js of Node 20. */
const nodesOwnResponses: readonly (readonly [title: string, bytes: string, status: number])[] = [
  ['no Host (400 by writeHead)', 'GET / HTTP/1.1\r\n\r\n', 400],
  [
    'more headers than Node counts before Host (400 by writeHead)',
    `GET / HTTP/1.1\r\n${'a:\r\n'.repeat(2100)}Host: x\r\n\r\n`,
    400,
  ],
  ['malformed HTTP (400 on the socket)', 'hello\r\n\r\n', 400],
  ['HTTP/2 with prior knowledge (400 on the socket)', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  ['an unknown method (400 on the socket)', 'FETCH / HTTP/1.1\r\nHost: x\r\n\r\n', 400],
  ['a TLS handshake (400 on the socket)', '\x16\x03\x01\x02\x00\x01', 400],
  ['NUL in a header (400 on the socket)', 'GET / HTTP/1.1\r\nHost: x\r\nA: \0\r\n\r\n', 400],
  ['two lengths (400 on the socket)', post('{}', 'Content-Length: 2', 'Content-Length: 3'), 400],
  [
    'a length and chunks (400 on the socket)',
    post('0\r\n\r\n', 'Content-Length: 5', 'Transfer-Encoding: chunked'),
    400,
  ],
  [
    'headers over 16 KiB (431 on the socket)',
    `GET / HTTP/1.1\r\nHost: x\r\nA: ${'x'.repeat(20_000)}`,
    431,
  ],
  [
    'chunk extensions over 16 KiB (413 on the socket)',
    post(`1;${'x'.repeat(20_000)}\r\n`, 'Transfer-Encoding: chunked'),
    413,
  ],
  ['CONNECT (closed without a response)', 'CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n', 405],
];

describe('requests that Node rejects by itself get a problem document', () => {
  test.each(nodesOwnResponses)('%s', async (_title, bytes, status) => {
    const [response, ...others] = await responsesTo(bytes);
    expect(others).toEqual([]);
    expectProblem(response, status);
    expect(response?.headers['connection']).toBe('close');
  });

  test.each([
    ['an unknown expectation', 'Expect: 200-ok'],
    ['an unknown expectation among others', 'Expect: 100-continue, x'],
    ['an upgrade', 'Connection: Upgrade, close\r\nUpgrade: websocket'],
  ])('%s is ignored', async (_title, header) => {
    const responses = await responsesTo(get('/health', header, CLOSE));
    expect(responses.at(-1)?.status).toBe(200);
  });

  test('100 Continue is sent only for a body that will be accepted', async () => {
    const body = JSON.stringify(mouse);
    const length = `Content-Length: ${body.length}`;
    const accepted = await responsesTo(post(body, length, 'Expect: 100-continue', CLOSE));
    expect(accepted.map(({ status }) => status)).toEqual([100, 201]);
    const tooLong = `Content-Length: ${BODY_LIMIT + 1}`;
    const refused = await responsesTo(post('', tooLong, 'Expect: 100-continue'));
    expect(refused.map(({ status }) => status)).toEqual([413]);
    expectProblem(refused[0], 413);
  });
});

describe('invalid URLs get a 4xx response', () => {
  test.each(['http://[::1/products', 'http://xn--/', 'http://x:y/', 'http://%/', 'x://[/'])(
    '%s',
    async (target) => {
      for (const method of ['GET', 'OPTIONS', 'HEAD', 'DELETE']) {
        const bytes = `${method} ${target} HTTP/1.1\r\nHost: x\r\n${CLOSE}\r\n\r\n`;
        const received = await converse(api.baseUrl, bytes);
        expect(received, bytes).toMatch(/^HTTP\/1\.1 4\d\d /);
      }
    },
  );

  test('a valid absolute URL works', async () => {
    const [response] = await responsesTo(get('http://x/health', CLOSE));
    expect(response?.status).toBe(200);
  });
});

test('a second Host header is refused', async () => {
  expectProblem((await responsesTo(get('/health', 'Host: y')))[0], 400);
});

test('HTTP/1.0 does not need a Host header', async () => {
  expect(await converse(api.baseUrl, 'GET /health HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
});

describe('a body that is too large', () => {
  test('is refused before it is sent if its length is announced', async () => {
    const startedAt = performance.now();
    const [response] = await responsesTo(post('{', `Content-Length: ${BODY_LIMIT + 1}`));
    expectProblem(response, 413);
    // The service does not wait for the body until its timeout.
    expect(performance.now() - startedAt).toBeLessThan(15_000);
  });

  test('is refused in chunks as soon as they exceed the limit', async () => {
    const chunk = `${(BODY_LIMIT + 1).toString(16)}\r\n${' '.repeat(BODY_LIMIT + 1)}`;
    const [response] = await responsesTo(post(chunk, 'Transfer-Encoding: chunked'));
    expectProblem(response, 413);
  });

  test('does not break the connection when the client sends it anyway', async () => {
    const body = ' '.repeat(BODY_LIMIT + 1);
    const responses = await responsesTo(withLength(body) + get('/health', CLOSE));
    expect(responses.map(({ status }) => status)).toEqual([413, 200]);
  });
});

describe('responses on a connection have the order of their requests', () => {
  test('a POST before garbage gets its response first', async () => {
    const [created, rejected] = await responsesTo(
      `${withLength(JSON.stringify(mouse))}garbage\r\n\r\n`,
    );
    expect(created?.status).toBe(201);
    expectProblem(rejected, 400);
  });

  test('a thousand reads before garbage get their responses first', async () => {
    const responses = await responsesTo(`${get('/products?limit=1').repeat(1000)}garbage\r\n\r\n`);
    expect(responses.map(({ status }) => status)).toEqual([...Array(1000).fill(200), 400]);
  });

  test('an earlier request gets its response before one that Node rejects by itself', async () => {
    const bytes = `${get('/products')}GET / HTTP/1.1\r\n\r\n`;
    expect((await responsesTo(bytes)).map(({ status }) => status)).toEqual([200, 400]);
  });

  test('a broken chunk fails only its own request', async () => {
    const broken = post('2\r\n{}\r\nZZ\r\n', 'Transfer-Encoding: chunked');
    const responses = await responsesTo(get('/products') + broken);
    expect(responses.map(({ status }) => status)).toEqual([200, 400]);
  });

  test('a broken chunk in a GET request does not fail others', async () => {
    const broken = `${get('/products', 'Transfer-Encoding: chunked')}ZZ\r\n`;
    const [response] = await responsesTo(broken);
    expect([200, 400]).toContain(response?.status);
  });

  test('responses stay in order when the client ends its side after its requests', async () => {
    const bytes = get('/products') + withLength(JSON.stringify(mouse));
    const received = await converse(api.baseUrl, bytes, { halfClose: true });
    const statuses = responsesIn(received).map(({ status }) => status);
    expect([200, 201].slice(0, statuses.length)).toEqual(statuses);
  });
});

describe('a CONNECT', () => {
  const tunnel = 'CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n';

  test('is refused after the responses to the requests before it', async () => {
    const responses = await responsesTo(get('/products') + tunnel);
    expect(responses.map(({ status }) => status)).toEqual([200, 405]);
  });

  test('gets no response after one that ended the connection', async () => {
    const responses = await responsesTo(get('/health', CLOSE) + tunnel);
    expect(responses.map(({ status }) => status)).toEqual([200]);
  });

  test('does not end the service when its client breaks the connection', async () => {
    const { hostname, port } = new URL(api.baseUrl);
    const refused = async () =>
      sumOf(await readMetrics(api.baseUrl), 'product_api_rejected_messages_total');
    const before = await refused();
    const socket = connect({ host: hostname, port: Number(port) });
    socket.on('error', () => undefined);
    socket.on('connect', () => socket.write(tunnel));
    await eventually(async () => expect(await refused()).toBe(before + 1));
    socket.resetAndDestroy();
    await eventually(async () =>
      expect((await responsesTo(get('/health', CLOSE)))[0]?.status).toBe(200),
    );
    expect(process.kill(api.pid, 0)).toBe(true);
  });
});

test('a rejected message is in the log with its id, and in the metrics', async () => {
  const rejected = async (status: number) =>
    sumOf(await readMetrics(api.baseUrl), 'product_api_rejected_messages_total', {
      status: String(status),
    });
  const before = await rejected(431);
  // The log is limited to some lines per second, which other tests may have used.
  await eventually(async () => {
    const [response] = await responsesTo(`GET / HTTP/1.1\r\nA: ${'x'.repeat(20_000)}`);
    const id = response?.headers['x-request-id'];
    expect(JSON.parse(response?.body ?? '')).toMatchObject({ request_id: id });
    expect(await logLineOf(id)).toMatchObject({
      level: 'warn',
      request_id: id,
      status: 431,
      code: 'HPE_HEADER_OVERFLOW',
      remote_address: '127.0.0.1',
    });
  });
  expect(await rejected(431)).toBeGreaterThan(before);
});

test('the log contains an invalid request id of the client beside the generated one', async () => {
  const offered = `"${'ab c'.repeat(100)}`;
  const [response] = await responsesTo(get('/nothing', `X-Request-Id: ${offered}`, CLOSE));
  const id = response?.headers['x-request-id'];
  expect(await logLineOf(id)).toMatchObject({
    request_id: id,
    offered_request_id: offered.slice(0, 200),
    status: 404,
  });
});

test('the process still runs, and no response was a 5xx', () => {
  expect(process.kill(api.pid, 0)).toBe(true);
  expect(api.logLines().filter((line) => /"status":5\d\d/.test(line))).toEqual([]);
});

async function logLineOf(id: string | undefined): Promise<unknown> {
  const find = () => api.logLines().find((text) => text.includes(String(id)));
  await eventually(() => find() !== undefined, { timeoutMs: 20_000 });
  return JSON.parse(find() ?? '');
}

function expectProblem(response: RawResponse | undefined, status: number): void {
  expect(response).toMatchObject({
    status,
    headers: { 'content-type': 'application/problem+json' },
  });
  const { 'x-request-id': id, 'x-content-type-options': sniffing } = response?.headers ?? {};
  expect(sniffing).toBe('nosniff');
  expect(JSON.parse(response?.body ?? '')).toMatchObject({
    status,
    type: expect.stringMatching(/^urn:product-api:problem:/),
    request_id: id,
  });
}
