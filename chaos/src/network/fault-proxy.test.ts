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
  const client = { socket, answers: '', error: '' };
  socket.on('data', (data) => {
    client.answers += data;
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    client.error = error.code ?? error.message;
  });
  return client;
}

/** A connection that has been used, so that it is certainly established. */
async function openAndUse() {
  const client = open();
  client.socket.write('1');
  await eventually(() => client.answers === '1');
  return client;
}

/** Goes to the server and back past the proxy: what was sent through it before has reached it. */
async function directRoundTrip() {
  const socket = connect(echoPort(), '127.0.0.1');
  clients.push(socket);
  socket.write('d');
  await once(socket, 'data');
}

test('a healthy path passes everything, and the end of the connection', async () => {
  const client = await openAndUse();
  const closed = once(echo, 'close');
  client.socket.destroy();
  echo.close();
  await closed;
});

test('a delay holds both directions up, and keeps the order', async () => {
  const client = await openAndUse();
  proxy.impair({ kind: 'delay', ms: 40 });
  const begin = performance.now();
  for (const digit of '23456') {
    client.socket.write(digit);
  }
  await eventually(() => client.answers === '123456');
  expect(performance.now() - begin).toBeGreaterThan(79);
});

test('what is stalled arrives when the fault ends, even from a client that is gone', async () => {
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

test('where only answers are stalled, requests arrive', async () => {
  const client = await openAndUse();
  proxy.impair({ kind: 'stall', what: 'answers' });
  client.socket.write('2');
  await eventually(() => received === '12');
  expect(client.answers).toBe('1');
  proxy.heal();
  await eventually(() => client.answers === '12');
});

test('a connection that lost bytes in a black hole stays silent; a new one works', async () => {
  const client = await openAndUse();
  proxy.impair({ kind: 'blackhole' });
  client.socket.write('2');
  await directRoundTrip();
  proxy.heal();
  client.socket.write('3');
  await openAndUse();
  expect([received, client.answers, client.error]).toEqual(['1d1', '1', '']);
});

test('abandoned connections stay silent without an error; a new one works', async () => {
  const client = await openAndUse();
  proxy.abandonConnections();
  client.socket.write('2');
  await openAndUse();
  expect([received, client.answers, client.error]).toEqual(['11', '1', '']);
});

test('reset connections fail; a new one works', async () => {
  const client = await openAndUse();
  proxy.resetConnections();
  await eventually(() => client.error === 'ECONNRESET');
  await openAndUse();
});

test('refused connections fail until the path is healed', async () => {
  const [before, during] = [await openAndUse(), open()];
  proxy.impair({ kind: 'refuse' });
  await eventually(() => before.error === 'ECONNRESET' && during.error === 'ECONNRESET');
  proxy.heal();
  await openAndUse();
});
