import type { Socket } from 'node:net';
import { eventually, freePort, startRedisWithSentinels, tlsSettings } from '@product-api/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openFakeRedis, replyTo } from '../../../test/fake-redis.js';
import {
  connectOperator,
  freshNamespace,
  ownRedis,
  patientRelay,
} from '../../../test/redis-fixture.js';
import { parseSentinels, type RedisSentinels } from '../../index.js';
import type { StoreFailure } from '../../store/store-failure.js';
import { createRedisStore } from '../redis-store.js';

const PASSWORD = 'password-of-redis';
const SENTINEL_PASSWORD = 'password-of-sentinels';

const login = (password: string) => ({ username: 'default', password });

/** Creates a store for the current test that finds its Redis by sentinels. */
function makeStore(sentinels: string, more: Partial<RedisSentinels> = {}) {
  const failures: StoreFailure[] = [];
  const primaries: (string | undefined)[] = [];
  const store = createRedisStore({
    address: {
      kind: 'sentinels',
      name: 'catalog',
      tls: false,
      database: 0,
      credentials: login(PASSWORD),
      sentinels: parseSentinels(sentinels),
      sentinelTls: false,
      sentinelCredentials: login(SENTINEL_PASSWORD),
      ...more,
    },
    namespace: freshNamespace(),
    timeoutMs: 2000,
    connectTimeoutMs: 300,
    relay: patientRelay(),
    onEvent(event) {
      if (event.type === 'unusable') {
        failures.push(event.failure);
      }
      if (event.type === 'state' && event.state === 'ready') {
        primaries.push(event.server);
      }
    },
  });
  onTestFinished(() => store.close());
  return { store, failures, primaries };
}

/** Returns the first reason why a store cannot be used. */
async function reasonAt(sentinels: string, more?: Partial<RedisSentinels>) {
  const { failures } = makeStore(sentinels, more);
  await eventually(() => failures.length > 0);
  return failures[0];
}

async function openFakeSentinel(onConnection: (socket: Socket) => void): Promise<string> {
  return (await openFakeRedis(onConnection)).replace('redis://', '');
}

const bulk = (text: string) => `$${text.length}\r\n${text}\r\n`;

/** Returns the replies of a sentinel that names a primary on 127.0.0.1. */
const nameOf = (port: number) => (command: string) =>
  command === 'SENTINEL' ? `*2\r\n${bulk('127.0.0.1')}${bulk(String(port))}` : '+OK\r\n';

test('a store finds its primary, and says why sentinels do not name one', async () => {
  const set = await startRedisWithSentinels({
    password: PASSWORD,
    sentinelPassword: SENTINEL_PASSWORD,
  });
  onTestFinished(() => set.stop());
  const { store, primaries } = makeStore(set.addresses);
  expect(await store.waitUntilReady(20_000)).toBe(true);
  expect(primaries).toEqual([`127.0.0.1:${set.servers[0].port}`]);

  expect(await reasonAt(set.addresses, { name: 'unknown' })).toMatchObject({
    kind: 'primary-unknown',
    message: expect.stringContaining(`127.0.0.1:${set.sentinels[0].port}: knows no primary`),
  });
  const wrong = await reasonAt(set.addresses, { sentinelCredentials: login('wrong') });
  expect(wrong).toMatchObject({
    kind: 'sentinel-login-refused',
    message: expect.stringContaining('WRONGPASS'),
  });
  expect(JSON.stringify(wrong)).not.toContain('"wrong"');
});

describe('a sentinel that names no primary', () => {
  test.each([
    ['does not run', async () => `127.0.0.1:${await freePort()}`, /ECONNREFUSED/],
    ['hangs', () => openFakeSentinel(() => undefined), /timed out/],
    ['closes its connections', () => openFakeSentinel((socket) => socket.destroy()), /:/],
    ['is a web server', () => openFakeSentinel((socket) => socket.end('HTTP/1.1 400\r\n')), /RESP/],
  ])('%s', async (_name, sentinel, message) => {
    expect(await reasonAt(await sentinel())).toMatchObject({
      kind: 'sentinels-unreachable',
      message: expect.stringMatching(message),
    });
  });

  test('names a port that does not exist', async () => {
    const reason = await reasonAt(await openFakeSentinel(replyTo(nameOf(70_000))));
    expect(reason).toMatchObject({ kind: 'primary-unknown' });
  });

  test('is a plain Redis server', async () => {
    const server = await ownRedis();
    const reason = await reasonAt(`127.0.0.1:${server.port}`);
    expect(reason?.message).toMatch(/unknown command/i);
  });

  test('has a certificate of an unknown authority', async () => {
    const port = await freePort();
    const tls = tlsSettings.flatMap(([setting, value]) => [`--${setting}`, value]);
    await ownRedis({ args: ['--tls-port', String(port), ...tls] });
    const { failures } = makeStore(`localhost:${port}`, { sentinelTls: true });
    // On a busy machine, a handshake may take longer than the time limit at first.
    await eventually(() => failures.some(({ kind }) => kind === 'certificate-not-trusted'));
  });

  test('is left out, as long as another names it', async () => {
    const server = await ownRedis();
    const sentinel = await openFakeSentinel(replyTo(nameOf(server.port)));
    const lost = `127.0.0.1:${await freePort()}`;
    const { store, failures } = makeStore(`${lost},${sentinel}`);
    expect(await store.waitUntilReady(20_000)).toBe(true);
    await server.kill('SIGKILL');
    await eventually(() => failures.some(({ kind }) => kind === 'connection-refused'));
    await server.restart();
    expect(await store.waitUntilReady(20_000)).toBe(true);
    expect(failures.map(({ kind }) => kind)).not.toContain('sentinels-unreachable');
  });
});

test('a failover that is reported while a sentinel is asked does not end the attempts', async () => {
  const server = await ownRedis();
  const reply = nameOf(server.port);
  const channel = bulk('+switch-master');
  const switched = `>3\r\n${bulk('message')}${channel}${bulk('catalog a 1 b 2')}`;
  const subscribed = `>3\r\n${bulk('subscribe')}${channel}:1\r\n`;
  const subscribers: Socket[] = [];
  let questions = 0;
  const sentinel = await openFakeSentinel((socket) => {
    replyTo((command) => {
      if (command === 'SUBSCRIBE') {
        subscribers.push(socket);
        return subscribed;
      }
      questions += command === 'SENTINEL' ? 1 : 0;
      if (command === 'SENTINEL' && questions === 2) {
        subscribers[0]?.write(switched);
        setTimeout(() => socket.write(reply(command)), 100);
        return '';
      }
      return reply(command);
    })(socket);
  });
  const { store, primaries, failures } = makeStore(sentinel);
  expect(await store.waitUntilReady(20_000)).toBe(true);
  await eventually(() => subscribers.length === 1);
  await connectOperator(server.url).call('CLIENT', 'KILL', 'TYPE', 'normal');
  await eventually(() => primaries.length === 2);
  expect(failures).toEqual([]);
});
