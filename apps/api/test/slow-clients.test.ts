import { connect } from 'node:net';
import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let api: RunningApi;

beforeAll(async () => {
  api = await startApi();
});

afterAll(() => api.stop());

/**
 * Sends text over a new connection, and returns everything received when the server has closed it.
 */
function converse(text: string): Promise<string> {
  const { hostname, port } = new URL(api.baseUrl);
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      received += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(received));
  });
}

function problemIn(response: string): unknown {
  return JSON.parse(response.slice(response.indexOf('\r\n\r\n')));
}

describe.concurrent('a slow or broken client is disconnected', () => {
  test('with 408 if its headers do not end', async () => {
    const startedAt = performance.now();
    const response = await converse('GET /products HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
    expect(response).toMatch(/^HTTP\/1\.1 408 /);
    expect(problemIn(response)).toMatchObject({ status: 408, title: 'Request timeout' });
    expect(performance.now() - startedAt).toBeLessThan(13_000);
  });

  test('with 431 if its headers are too large', async () => {
    const response = await converse(
      `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}`,
    );
    expect(response).toMatch(/^HTTP\/1\.1 431 /);
    expect(problemIn(response)).toMatchObject({ status: 431 });
  });

  test('with 400 if it does not send HTTP', async () => {
    const response = await converse('hello\r\n\r\n');
    expect(response).toMatch(/^HTTP\/1\.1 400 /);
    expect(problemIn(response)).toMatchObject({ status: 400, errors: [{ field: 'request' }] });
  });

  test('with 408 if its body does not end', { timeout: 40_000 }, async () => {
    const startedAt = performance.now();
    const response = await converse(
      'POST /products HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    );
    expect(response).toMatch(/^HTTP\/1\.1 408 /);
    expect(performance.now() - startedAt).toBeLessThan(33_000);
  });
});
