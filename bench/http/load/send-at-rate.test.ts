import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { sendAtRate } from './send-at-rate.js';
import type { HttpRequest } from './send-load.js';

test('sends all requests in turn, and counts them', async () => {
  const { send, received } = await serve();
  const requests = ['/a', '/b'].map((path) => ({ method: 'GET', path }) as const);
  const result = await send(requests);
  expect(result).toMatchObject({ requests: 50, failed: 0 });
  expect(result.p50Micros).toBeGreaterThan(0);
  expect(received.slice(0, 4)).toEqual(['/a', '/b', '/a', '/b']);
});

test('an error response is an error', async () => {
  const { send } = await serve({ status: 500 });
  await expect(send()).rejects.toThrow('Of 50 requests to');
});

test('the requests that a slow response delays are slow', async () => {
  const { send } = await serve({ stallMs: 500 });
  // Only one response of 50 is slow, but 25 requests are due meanwhile.
  expect((await send()).p99Micros).toBeGreaterThan(400_000);
});

async function serve({ status = 200, stallMs = 0 } = {}) {
  const received: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    received.push(url);
    const end = () => response.writeHead(status, { 'Content-Length': 2 }).end('{}');
    setTimeout(end, received.length === 10 ? stallMs : 0);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  // A server that listens on TCP has an address with a port.
  const { port } = server.address() as AddressInfo;
  const usual = { connections: 1, perSecond: 50, seconds: 1 } as const;
  const send = (requests: readonly HttpRequest[] = [{ method: 'GET', path: '/' }]) =>
    sendAtRate({ url: `http://127.0.0.1:${port}`, ...usual, requests }, undefined);
  return { received, send };
}
