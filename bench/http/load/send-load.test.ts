import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { findCores } from '../run/machine.js';
import { hasWrk, type Pace, sendLoad } from './send-load.js';

const hasInstalledWrk = await hasWrk();
const cores = await findCores();
const requests = [
  { method: 'GET', path: '/a' },
  { method: 'POST', path: '/b', body: '{"b":1}' },
] as const;

test('a count sends each request once, over any number of connections', async () => {
  const { send, received } = await serve();
  expect(await send({ count: 2 }, { connections: 3 })).toMatchObject({ requests: 2 });
  expect(received.sort()).toEqual(['GET /a ', 'POST /b {"b":1}']);
  expect(await send({ count: 7 }, { connections: 2 })).toMatchObject({ requests: 7 });
});

test('an unexpected status fails', async () => {
  const { send } = await serve({ status: 404 });
  await expect(send({ count: 1 })).rejects.toThrow('Expected status 200, received 404');
});

test.runIf(hasInstalledWrk)('an error response fails with wrk, too', async () => {
  const { send } = await serve({ status: 500 });
  await expect(send({ seconds: 1 })).rejects.toThrow('requests failed');
});

test.each([
  { name: 'autocannon', seconds: 0.2 },
  ...(hasInstalledWrk ? [{ name: 'wrk', seconds: 1 }] : []),
])('$name repeats all requests, bodies included, and counts them', async ({ seconds }) => {
  const { send, received } = await serve();
  const result = await send({ seconds }, { connections: 2 });
  expect(new Set(received)).toEqual(new Set(['GET /a ', 'POST /b {"b":1}']));
  expect(received.length).toBeGreaterThanOrEqual(result.requests);
  expect(result.p50Micros).toBeGreaterThan(0);
});

test.runIf(hasInstalledWrk)('requests that a slow response delays are slow, too', async () => {
  const { send } = await serve({ stallMs: 600 });
  const result = await send({ seconds: 2, perSecond: 100 });
  expect(result.requests).toBeLessThan(220);
  // Only one response in 200 is slow.
  expect(result.p99Micros / 1000).toBeGreaterThan(400);
});

async function serve({ status = 200, stallMs = 0 } = {}) {
  const received: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) {
      body += chunk;
    }
    received.push(`${request.method} ${request.url} ${body}`);
    const end = () => response.writeHead(status, { 'Content-Length': 2 }).end('{}');
    setTimeout(end, received.length === 50 ? stallMs : 0);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  // A server that listens on TCP has an address with a port.
  const { port } = server.address() as AddressInfo;
  const send = (pace: Pace, { connections = 1 } = {}) => {
    const sender = { wrk: hasInstalledWrk, cores, pinned: false };
    return sendLoad({ port, connections, requests, status: 200, pace }, sender);
  };
  return { received, send };
}
