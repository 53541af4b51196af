import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findCores } from '../run/machine.js';
import type { Pace } from './load-job.js';
import { hasWrk, sendLoad } from './send-load.js';

const wrk = await hasWrk();
const sender = { cores: await findCores(), pinned: false, wrk };
const requests = [
  { method: 'GET', path: '/a' },
  { method: 'POST', path: '/b', body: '{"b":1}' },
] as const;

describe('a count of requests', () => {
  test('sends each request once, over any number of connections', async () => {
    const server = await serve();
    const result = await server.send({ count: 2 }, { connections: 3 });
    expect(result).toMatchObject({ requests: 2 });
    expect(server.received.sort()).toEqual(['GET /a ', 'POST /b {"b":1}']);
  });

  test('repeats the requests when there are fewer', async () => {
    const server = await serve();
    expect(await server.send({ count: 7 }, { connections: 2 })).toMatchObject({ requests: 7 });
  });

  test('fails on an unexpected status', async () => {
    const server = await serve({ status: 404 });
    await expect(server.send({ count: 1 })).rejects.toThrow('Expected status 200, received 404');
  });
});

describe.each([{ wrk: false }, { wrk: true }].filter((one) => wrk || !one.wrk))(
  'seconds, with %o',
  (generator) => {
    test('sends all requests in turn, bodies included, and counts them', async () => {
      const server = await serve();
      const pace = { seconds: generator.wrk ? 1 : 0.2 };
      const { requests: sent, p50Micros } = await server.send(pace, {
        connections: 2,
        ...generator,
      });
      expect(new Set(server.received)).toEqual(new Set(['GET /a ', 'POST /b {"b":1}']));
      expect(server.received.length).toBeGreaterThanOrEqual(sent);
      expect(p50Micros).toBeGreaterThan(0);
    });

    test('fails on an error response', async () => {
      const server = await serve({ status: 500 });
      await expect(server.send({ seconds: 1 }, generator)).rejects.toThrow(/errors|500/);
    });
  },
);

describe.skipIf(!wrk)('a constant rate', () => {
  test('keeps the rate, and counts requests that a slow response delayed as slow', async () => {
    const server = await serve({ stallMs: 600 });
    const result = await server.send({ seconds: 2, perSecond: 100 });
    expect(result.requests).toBeLessThan(220);
    // Only one response in 200 is slow. The requests that should have been sent meanwhile are not fast.
    expect(result.p99Micros / 1000).toBeGreaterThan(400);
  });
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
  const send = (
    pace: Pace,
    { connections = 1, ...options }: { connections?: number; wrk?: boolean } = {},
  ) => sendLoad({ port, connections, requests, status: 200, pace }, { ...sender, ...options });
  return { received, send };
}
