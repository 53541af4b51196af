import { once } from 'node:events';
import { Agent, createServer, get } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { endIdleConnections } from './idle-connections.js';

const IDLE_MS = 300;

async function startServer() {
  const server = createServer({ keepAliveTimeout: 0 }, (_request, response) => response.end('ok'));
  endIdleConnections(server, { idleMs: IDLE_MS, lookEveryMs: 20 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  // A server that listens on a port has an address of this form.
  return { port: (server.address() as AddressInfo).port };
}

test.each([
  ['without any request', ''],
  ['after its answer', 'GET / HTTP/1.1\r\nHost: test\r\n\r\n'],
])('a connection on which nothing happens is ended, %s', async (_when, sent) => {
  const { port } = await startServer();
  const socket = connect(port, '127.0.0.1', () => socket.write(sent)).resume();
  const openedAt = performance.now();
  await once(socket, 'close');
  expect(performance.now() - openedAt).toBeGreaterThanOrEqual(IDLE_MS);
});

test('a connection in use stays for longer than that', async () => {
  const { port } = await startServer();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  const ports = new Set<number | undefined>();
  const startedAt = performance.now();
  while (performance.now() - startedAt < 3 * IDLE_MS) {
    const request = get({ port, host: '127.0.0.1', agent });
    const [answer] = await once(request, 'response');
    ports.add(request.socket?.localPort);
    await once(answer.resume(), 'end');
  }
  expect(ports.size).toBe(1);
});
