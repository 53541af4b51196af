import { eventually, freePort, temporaryFolder, tlsSettings } from '@product-api/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openFakeRedis, replyTo } from '../../../test/fake-redis.js';
import { connectOperator, makeStore, ownRedis } from '../../../test/redis-fixture.js';
import type { RedisStore, StoreEvent } from '../../index.js';
import type { StoreFailure } from '../../store/store-failure.js';

/**
 * Creates a store that cannot use its Redis, and waits until it reports why. If a server closes the
 * connection, its reset may overtake its reply and be the first reason.
 */
async function reasonAt(
  url: string,
  options: { connectTimeoutMs?: number; timeoutMs?: number } = {},
) {
  const failures: StoreFailure[] = [];
  const store = makeStore({
    url,
    ...options,
    onEvent: (event) => {
      if (event.type === 'unusable') {
        failures.push(event.failure);
      }
    },
  });
  await eventually(() => failures.length > 0);
  expect(store.condition()).toMatchObject({ state: 'bypassed' });
  return { store, failures, reason: failures[0] };
}

/** Does the same with a new Redis server, optionally with a login. */
async function reasonOf(args: string[], login = '', database = '') {
  const [setting, password = ''] = args;
  const needsPassword = setting === 'requirepass';
  const server = await ownRedis({ args: needsPassword ? [] : args });
  if (needsPassword) {
    // Set after the start, because the fixture waits for the server without a password.
    await connectOperator(server.url).config('SET', setting, password);
  }
  return reasonAt(`redis://${login}127.0.0.1:${server.port}${database}`);
}

const joe = (...rules: string[]) => ['--user', 'joe', 'on', '>pw', ...rules];

describe('why Redis is not used: the login', () => {
  const wrong = expect.objectContaining({ kind: 'wrong-credentials' });
  test.each([
    ['a wrong password', ['requirepass', 'right'], ':wrong@', '', wrong],
    ['a wrong password, and a database', ['requirepass', 'right'], ':wrong@', '/1', wrong],
    ['an unknown user', [], 'nobody:pw@', '', wrong],
    ['a disabled user', ['--user', 'joe', 'off', '>pw'], 'joe:pw@', '', wrong],
    ['a missing password', ['requirepass', 'right'], '', '/1', { kind: 'password-needed' }],
    ['an unknown database', [], '', '/16', { kind: 'no-such-database', command: 'SELECT' }],
    [
      'a user without permission for SELECT',
      joe('~*', '+@all', '-select'),
      'joe:pw@',
      '/1',
      { kind: 'not-permitted', command: 'SELECT' },
    ],
  ])('%s', async (_name, args, login, database, expected) => {
    const { store, reason } = await reasonOf(args, login, database);
    expect(reason).toMatchObject(expected);
    expect(JSON.stringify(reason)).not.toMatch(/wrong"|right|pw/);
    expect(store.state()).toBe('bypassed');
  });

  test('a password is accepted if Redis has none', async () => {
    const server = await ownRedis();
    const store = makeStore({ url: `redis://:any@127.0.0.1:${server.port}` });
    expect(await store.waitUntilReady(20_000)).toBe(true);
  });

  test('too many clients', async () => {
    const server = await ownRedis();
    const operator = connectOperator(server.url);
    await operator.config('SET', 'maxclients', '1');
    const { failures } = await reasonAt(`${server.url}/1`);
    await eventually(() => failures.some(({ kind }) => kind === 'too-many-clients'));
  });
});

describe('why Redis is not used: permissions', () => {
  test.each([
    ['EVAL', joe('~*', '+@all', '-eval'), 'EVAL'],
    ['a command in scripts', joe('~*', '+@all', '-del'), 'EVAL'],
    ['another command in scripts', joe('~*', '+@all', '-pttl'), 'EVAL'],
    ['MGET', joe('~*', '+@all', '-mget'), 'MGET'],
    ['writes', joe('%R~*', '+@all'), 'EVAL'],
    ['SCAN', joe('~*', '+@all', '-scan'), 'SCAN'],
  ])('no permission for %s', async (_name, args, command) => {
    const { reason } = await reasonOf(args, 'joe:pw@');
    expect(reason).toMatchObject({ kind: 'not-permitted', command });
  });

  test('no permission for the keys, which the reason names', async () => {
    const { reason } = await reasonOf(joe('~other:*', '+@all'), 'joe:pw@');
    expect(reason).toMatchObject({
      kind: 'not-permitted',
      keys: [expect.stringContaining(':trial')],
    });
  });
});

describe('why Redis is not used: its state', () => {
  test.each([
    ['a node of a cluster', ['--cluster-enabled', 'yes'], 'cluster-node'],
    ['a replica', ['--replicaof', '127.0.0.1 1'], 'replica'],
    ['too few replicas', ['--min-replicas-to-write', '1'], 'too-few-replicas'],
    ['no EVAL command', ['--rename-command', 'EVAL', ''], 'unknown-command'],
  ])('%s', async (_name, args, kind) => {
    const { reason } = await reasonOf(args);
    expect(reason).toMatchObject({ kind });
  });

  test.each([
    ['is loading', '-LOADING Redis is loading the dataset in memory\r\n', 'loading'],
    ['runs a script', '-BUSY Redis is busy running a script.\r\n', 'busy-script'],
    [
      'cannot save',
      '-MISCONF Redis is configured to save RDB snapshots, but\r\n',
      'cannot-persist',
    ],
    ['has no primary', '-MASTERDOWN Link with MASTER is down\r\n', 'replica-without-primary'],
    ['moved a key', '-MOVED 1 127.0.0.1:1\r\n', 'cluster-node'],
    ['has keys in different slots', '-CROSSSLOT Keys in request do not hash\r\n', 'cross-slot'],
    ['is before 6.2', '-ERR syntax error\r\n', 'too-old'],
  ])('a Redis that %s', async (_name, error, kind) => {
    const url = await openFakeRedis(
      replyTo((command) => (['HELLO', 'CLIENT'].includes(command) ? '+OK\r\n' : error)),
    );
    expect((await reasonAt(url)).reason).toMatchObject({ kind });
  });

  test('a Redis before 6.0, which does not know HELLO', async () => {
    const url = await openFakeRedis(
      replyTo((command) => {
        const known = ['GET', 'MGET', 'CLIENT'].includes(command);
        return known
          ? '*0\r\n'
          : command === 'HELLO'
            ? '-ERR unknown command `HELLO`\r\n'
            : '-ERR syntax error\r\n';
      }),
    );
    expect((await reasonAt(url)).reason).toMatchObject({ kind: 'too-old' });
  });

  test('each reason is reported once', async () => {
    const server = await ownRedis({ args: joe('~*', '+@all', '-mget') });
    const { store, failures } = await reasonAt(`redis://joe:pw@127.0.0.1:${server.port}`);
    const operator = connectOperator(server.url);
    await operator.acl('SETUSER', 'joe', '+mget', '-scan');
    await eventually(() => failures.length > 1);
    await operator.acl('SETUSER', 'joe', '-mget', '+scan');
    await eventually(() => isRefusedFor(store, 'MGET'));
    await operator.acl('SETUSER', 'joe', '+mget');
    expect(await store.waitUntilReady(20_000)).toBe(true);
    expect(failures.map(({ command }) => command)).toEqual(['MGET', 'SCAN']);
    expect(store.condition()).toEqual({ state: 'ready' });
  });
});

function isRefusedFor(store: RedisStore, command: string): boolean {
  const condition = store.condition();
  return condition.state === 'bypassed' && condition.failure?.command === command;
}

describe('why Redis is not used: the connection', () => {
  test('no server listens', async () => {
    const { reason } = await reasonAt(`redis://127.0.0.1:${await freePort()}`);
    expect(reason).toMatchObject({ kind: 'connection-refused' });
  });

  test('the host is unknown', async () => {
    const { reason } = await reasonAt('redis://nowhere.invalid');
    expect(reason?.kind).toMatch(/^(host-not-found|name-service-down)$/);
  });

  test('the socket does not exist', async () => {
    const { reason } = await reasonAt('unix:///nowhere/redis.sock');
    expect(reason).toMatchObject({ kind: 'socket-missing' });
  });

  test('a socket that exists is used', async () => {
    const folder = await temporaryFolder();
    onTestFinished(() => folder.remove());
    const path = folder.file('redis.sock');
    await ownRedis({ args: ['--unixsocket', path] });
    const store = makeStore({ url: `unix://${path}?db=1` });
    expect(await store.waitUntilReady(20_000)).toBe(true);
  });

  test('a server closes the connection immediately', async () => {
    const url = await openFakeRedis((socket) => socket.destroy());
    expect((await reasonAt(url)).reason).toMatchObject({ kind: 'closed-before-reply' });
  });

  test('a server is in protected mode', async () => {
    const url = await openFakeRedis((socket) =>
      socket.end('-DENIED Redis is running in protected mode because protected mode\r\n'),
    );
    const { failures } = await reasonAt(url);
    await eventually(() => failures.some(({ kind }) => kind === 'protected-mode'));
  });

  test('the server is a web server', async () => {
    const url = await openFakeRedis((socket) =>
      socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    );
    expect((await reasonAt(url)).reason).toMatchObject({ kind: 'not-redis' });
  });

  test('a server does not reply within the timeout, which the reason names', async () => {
    const url = await openFakeRedis(() => undefined);
    const { reason } = await reasonAt(url, { timeoutMs: 40 });
    expect(reason).toMatchObject({ kind: 'command-timeout', limitMs: 40 });
  });
});

test('a closed store reports no reason', async () => {
  const server = await ownRedis();
  const events: StoreEvent[] = [];
  const onEvent = (event: StoreEvent) => void events.push(event);
  const store = makeStore({ url: server.url, namespace: 'closed:', onEvent });
  await eventually(() => events.length === 2);
  await store.close();
  // The store has noticed the end of its connections by the time that Redis lists them no more.
  const operator = connectOperator(server.url);
  await eventually(async () => !/cmd=quit/.test(String(await operator.client('LIST'))));
  expect(events.map(({ type }) => type).toSorted()).toEqual(['recovered', 'state']);
});

describe('why Redis is not used: TLS', () => {
  /** Starts a Redis with a self-signed certificate. */
  async function startWithTls(...args: string[]) {
    const port = await freePort();
    const tls = tlsSettings.flatMap(([setting, value]) => [`--${setting}`, value]);
    await ownRedis({ args: ['--tls-port', String(port), ...tls, ...args] });
    return port;
  }

  test('a certificate of an unknown authority', async () => {
    const port = await startWithTls();
    const { reason } = await reasonAt(`rediss://localhost:${port}`);
    expect(reason).toMatchObject({ kind: 'certificate-not-trusted' });
  });

  test('a port that requires TLS is used without it', async () => {
    const port = await startWithTls('--tls-auth-clients', 'yes');
    const { reason } = await reasonAt(`redis://127.0.0.1:${port}`);
    expect(reason?.kind).toMatch(/^(closed-before-reply|server-speaks-tls)$/);
  });

  test('a port without TLS is used with it', async () => {
    const server = await ownRedis();
    const url = server.url.replace('redis:', 'rediss:');
    const { reason } = await reasonAt(url, { connectTimeoutMs: 200 });
    expect(reason?.kind).toMatch(/^(connect-timeout|server-speaks-no-tls)$/);
  });
});
