import { connect } from 'node:net';
import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let api: RunningApi;

beforeAll(async () => {
  api = await startApi();
});

afterAll(() => api.stop());

/** Writes text on a connection of its own and answers all that comes back until the server ends it. */
function converse(text: string): Promise<string> {
  const { hostname, port } = new URL(api.baseUrl);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

function problemIn(answer: string): unknown {
  return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')));
}

describe.concurrent('a client that keeps the service waiting', () => {
  test('headers that do not end are cut off with 408', async () => {
    const startedAt = performance.now();
    const answer = await converse('GET /products HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(problemIn(answer)).toMatchObject({ status: 408, title: 'Request timeout' });
    expect(performance.now() - startedAt).toBeLessThan(13_000);
  });

  test('oversized headers are cut off with 431', async () => {
    const answer = await converse(`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(problemIn(answer)).toMatchObject({ status: 431 });
  });

  test('what is no HTTP is cut off with 400', async () => {
    const answer = await converse('hello\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(problemIn(answer)).toMatchObject({ status: 400, errors: [{ field: 'request' }] });
  });

  test('a body that does not end is cut off with 408', { timeout: 40_000 }, async () => {
    const startedAt = performance.now();
    const answer = await converse(
      'POST /products HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(performance.now() - startedAt).toBeLessThan(33_000);
  });
});
