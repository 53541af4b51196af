import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describeWith } from '@product-api/testing/describe-with';
import { expect, onTestFinished, test } from 'vitest';
import { type HttpRequest, type Load, sendLoad } from './send-load.js';

describeWith('wrk')('wrk', () => {
  test('repeats all requests, bodies included, and counts them', async () => {
    const headers = { 'Content-Type': 'text/json' };
    const { send, received } = await serve();
    const requests: HttpRequest[] = [
      { method: 'GET', path: '/a' },
      { method: 'POST', path: '/b', headers, body: '{"b":1}' },
    ];
    const result = await send({ order: 'repeat', requests, connections: 2 });
    expect(new Set(received)).toEqual(new Set(['GET /a  ', 'POST /b text/json {"b":1}']));
    expect(received.length).toBeGreaterThanOrEqual(result.requests);
    expect(result.p50Micros).toBeGreaterThan(0);
  });

  test('sends each request once, and then ends', async () => {
    const { send, received } = await serve();
    const paths = Array.from({ length: 500 }, (_, index) => `/${index}`);
    const requests = paths.map((path) => ({ method: 'GET', path }) as const);
    // wrk itself ends after this time, even if it has no requests any more.
    const result = await send({ order: 'once', requests, connections: 4, seconds: 8 });
    expect(result.requests).toBeGreaterThan(400);
    expect(result.seconds).toBeLessThan(7);
    expect(new Set(received)).toEqual(new Set(paths.map((path) => `GET ${path}  `)));
    expect(received.length).toBeLessThan(510);
  });

  test('fails on an error response', async () => {
    const { send } = await serve({ status: 500 });
    await expect(send({ order: 'repeat' })).rejects.toThrow(/some failed: {"status":\d+}/);
  });
});

async function serve({ status = 200 } = {}) {
  const received: string[] = [];
  const server = createServer(async (request, response) => {
    const body = (await request.toArray()).join('');
    const { method, url, headers } = request;
    received.push(`${method} ${url} ${headers['content-type'] ?? ''} ${body}`);
    response.writeHead(status, { 'Content-Length': 2 }).end('{}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  // A server that listens on TCP has an address with a port.
  const { port } = server.address() as AddressInfo;
  const usual = { connections: 1, requests: [{ method: 'GET', path: '/' }], seconds: 1 } as const;
  const send = (load: Pick<Load, 'order'> & Partial<Load>) =>
    sendLoad({ url: `http://127.0.0.1:${port}`, ...usual, ...load }, undefined);
  return { received, send };
}
