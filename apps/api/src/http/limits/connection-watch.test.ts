import { once } from 'node:events';
import { Agent, createServer, get, type RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { eventually } from '@product-api/testing';
import { expect, onTestFinished, test } from 'vitest';
import '../server/client-error-listener.js';
import { watchConnections } from './connection-watch.js';

const MAX_IDLE_MS = 1000;

async function startServer(handle: RequestListener = (_request, response) => response.end('ok')) {
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    request.socket.latestResponse = response;
    handle(request, response);
  });
  watchConnections(server, {
    idleMs: MAX_IDLE_MS,
    stalledMs: MAX_IDLE_MS,
    requestMs: 60_000,
    checkEveryMs: 20,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  // The address of a server that listens on a port is an object.
  return { port: (server.address() as AddressInfo).port, server };
}

test.each([
  ['without any request', ''],
  ['after its response', 'GET / HTTP/1.1\r\nHost: test\r\n\r\n'],
])('an idle connection is closed, %s', async (_when, sent) => {
  const { port } = await startServer();
  const socket = connect(port, '127.0.0.1', () => socket.write(sent)).resume();
  const openedAt = performance.now();
  await once(socket, 'close');
  expect(performance.now() - openedAt).toBeGreaterThanOrEqual(MAX_IDLE_MS);
});

test('a connection in use stays open for longer', async () => {
  const { port } = await startServer();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  const ports = new Set<number | undefined>();
  const startedAt = performance.now();
  while (performance.now() - startedAt < 3 * MAX_IDLE_MS) {
    const request = get({ port, host: '127.0.0.1', agent });
    const [response] = await once(request, 'response');
    ports.add(request.socket?.localPort);
    await once(response.resume(), 'end');
  }
  expect(ports.size).toBe(1);
});

test('a connection stays open while its request is handled, however long that takes', async () => {
  const { port } = await startServer((_request, response) => {
    setTimeout(() => response.end('at last'), 4 * MAX_IDLE_MS);
  });
  const [response] = await once(get({ port, host: '127.0.0.1' }), 'response');
  const chunks = await response.toArray();
  expect(Buffer.concat(chunks).toString()).toBe('at last');
});

test('a client that reads nothing of its response loses the connection', async () => {
  const { port, server } = await startServer((_request, response) => {
    response.end(Buffer.alloc(64 * 1024 * 1024));
  });
  const socket = connect(port, '127.0.0.1', () => {
    socket.write('GET / HTTP/1.1\r\nHost: test\r\n\r\n');
    socket.pause();
  });
  socket.on('error', () => undefined);
  const connections = () =>
    new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));
  await eventually(async () => (await connections()) === 1);
  await eventually(async () => (await connections()) === 0);
  socket.destroy();
});

test('a client that reads slowly keeps the connection', async () => {
  const size = 8 * 1024 * 1024;
  const { port } = await startServer((_request, response) => {
    response.end(Buffer.alloc(size));
  });
  const [response] = await once(get({ port, host: '127.0.0.1' }), 'response');
  let received = 0;
  const startedAt = performance.now();
  for await (const chunk of response) {
    received += chunk.length;
    // Longer than the limit in total, with shorter pauses.
    if (performance.now() - startedAt < 3 * MAX_IDLE_MS) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  expect(received).toBe(size);
});
