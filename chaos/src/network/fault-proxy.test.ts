import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { eventually } from '@product-api/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FaultProxy, openFaultProxy } from './fault-proxy.js';

let received: string;
let echo: Server;
let proxy: FaultProxy;
let clients: Socket[];

beforeEach(async () => {
  received = '';
  clients = [];
  echo = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      received += data;
      socket.write(data);
    });
  });
  await once(echo.listen(0, '127.0.0.1'), 'listening');
  proxy = await openFaultProxy(echoPort());
});

afterEach(async () => {
  for (const client of clients) {
    client.destroy();
  }
  await proxy.close();
  echo.close();
});

function echoPort() {
  // A server that listens on TCP has an address with a port.
  return (echo.address() as AddressInfo).port;
}

function open() {
  const socket = connect(proxy.port, '127.0.0.1');
  clients.push(socket);
  const client = { socket, replies: '', error: '' };
  socket.on('data', (data) => {
    client.replies += data;
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    client.error = error.code ?? error.message;
  });
  return client;
}

/** Opens a connection and uses it, so that it is certainly established. */
async function openAndUse() {
  const client = open();
  client.socket.write('1');
  await eventually(() => client.replies === '1');
  return client;
}

/** Makes a round trip without the proxy. Earlier bytes through the proxy have then arrived too. */
async function directRoundTrip() {
  const socket = connect(echoPort(), '127.0.0.1');
  clients.push(socket);
  socket.write('d');
  await once(socket, 'data');
}

test('a healthy path transmits everything, including the end of the connection', async () => {
  const client = await openAndUse();
  const closed = once(echo, 'close');
  client.socket.destroy();
  echo.close();
  await closed;
});

test('a delay affects both directions and keeps the order', async () => {
  const client = await openAndUse();
  proxy.impair({ kind: 'delay', ms: 40 });
  const begin = performance.now();
  for (const digit of '23456') {
    client.socket.write(digit);
  }
  await eventually(() => client.replies === '123456');
  expect(performance.now() - begin).toBeGreaterThan(79);
});

test('stalled bytes arrive when the path is healed, even if the client has disconnected', async () => {
  const client = await openAndUse();
  proxy.impair({ kind: 'stall', what: 'everything' });
  client.socket.write('2');
  client.socket.destroy();
  await once(client.socket, 'close');
  await directRoundTrip();
  expect(received).toBe('1d');
  proxy.heal();
  await eventually(() => received === '1d2');
});

test('requests arrive when only replies are stalled', async () => {
  const client = await openAndUse();
  proxy.impair({ kind: 'stall', what: 'replies' });
  client.socket.write('2');
  await eventually(() => received === '12');
  expect(client.replies).toBe('1');
  proxy.heal();
  await eventually(() => client.replies === '12');
});

test('a connection that lost bytes in a black hole stays silent, and a new one works', async () => {
  const client = await openAndUse();
  proxy.impair({ kind: 'blackhole' });
  client.socket.write('2');
  await directRoundTrip();
  proxy.heal();
  client.socket.write('3');
  await openAndUse();
  expect([received, client.replies, client.error]).toEqual(['1d1', '1', '']);
});

test('abandoned connections stay silent without an error, and a new one works', async () => {
  const client = await openAndUse();
  proxy.abandonConnections();
  client.socket.write('2');
  await openAndUse();
  expect([received, client.replies, client.error]).toEqual(['11', '1', '']);
});

test('reset connections fail, and a new one works', async () => {
  const client = await openAndUse();
  proxy.resetConnections();
  await eventually(() => client.error === 'ECONNRESET');
  await openAndUse();
});

test('connections are refused until the path is healed', async () => {
  const [before, during] = [await openAndUse(), open()];
  proxy.impair({ kind: 'refuse' });
  await eventually(() => before.error === 'ECONNRESET' && during.error === 'ECONNRESET');
  proxy.heal();
  await openAndUse();
});
