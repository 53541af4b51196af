import { connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type RunningApi, seededRandom, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN_KEY } from '../auth/keys.js';
import { send } from '../raw-request.js';
import { type FuzzedConnection, randomConnection } from './fuzzed-messages.js';

/**
 * FUZZ_MESSAGES: the number of messages, of which a connection has 2.5 on average. Default 5,000.
 */
const messageCount = Number(process.env['FUZZ_MESSAGES'] ?? 5000);

/** FUZZ_SEED: the seed of the messages; the same seed repeats them. Default: a random seed. */
const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 32));

const CONCURRENT_CONNECTIONS = 16;

/** The client ends its side of a connection after this time without data. */
const QUIET_MS = 150;

/** The limit for a connection: Node closes it after 10 s for headers and 30 s for a message. */
const TIMEOUT_MS = 45_000;

/** A service, and the key that most messages to it have. */
interface Target {
  readonly api: RunningApi;
  readonly key: string | undefined;
}

/** One service that is open, and one that needs keys and limits the rate of requests. */
let targets: readonly [Target, Target];

beforeAll(async () => {
  const env = { LOG_LEVEL: 'error' };
  // Each limit is reached, and left again.
  const RATE_LIMITS = 'read=40/20s, write=10/20s, bulk=10/20s, unauthorized=20/20s';
  const guarded = { ...env, AUTH: 'all', ADMIN_API_KEY: ADMIN_KEY, RATE_LIMITS };
  targets = [
    { api: await startApi({ env }), key: undefined },
    { api: await startApi({ env: guarded }), key: ADMIN_KEY },
  ];
});

afterAll(() => Promise.all(targets.map(({ api }) => api.stop())));

test(`each of ${messageCount} damaged messages gets a response in order, or its connection is closed`, {
  timeout: 60_000 + messageCount * 20,
}, async () => {
  const random = seededRandom(seed);
  const statuses = new Set<string>();
  const collectStatuses = (received: string) => {
    for (const [, status = ''] of received.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)) {
      statuses.add(status);
    }
  };
  let sent = 0;
  let connections = 0;
  const nextConnection = ({ key }: Target) => {
    const connection = randomConnection(random, String(connections), key);
    connections += 1;
    sent += connection.requestIds.length;
    return connection;
  };
  const runClient = async () => {
    while (sent < messageCount) {
      const target = random.pick(targets);
      const connection = nextConnection(target);
      const received = await exchange(target.api.baseUrl, connection);
      collectStatuses(received);
      expect(errorIn(received, connection), describe(connection, received)).toBeUndefined();
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT_CONNECTIONS }, runClient));
  // Messages reached the routes, the keys and the limits.
  expect(statuses).toEqual(new Set([...statuses, '200', '201', '400', '401', '429']));
  for (const { api } of targets) {
    expect((await send(api.baseUrl, { path: '/health/ready' })).status).toBe(200);
    expect(api.logLines().filter((line) => line.includes('"level":"error"'))).toEqual([]);
    expect(process.kill(api.pid, 0)).toBe(true);
  }
});

function describe({ bytes }: FuzzedConnection, received: string): string {
  const sent = JSON.stringify(bytes.toString('latin1'));
  return `FUZZ_SEED=${seed}\nsent: ${sent}\nreceived: ${JSON.stringify(received.slice(0, 2000))}`;
}

/** Sends the bytes of a connection, and returns all received bytes when it is closed. */
function exchange(baseUrl: string, connection: FuzzedConnection): Promise<string> {
  const { bytes, cuts, halfClose } = connection;
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const chunks: string[] = [];
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    const timeout = setTimeout(() => {
      socket.destroy();
      reject(
        new Error(
          `The connection was not closed in time: ${describe(connection, chunks.join(''))}`,
        ),
      );
    }, TIMEOUT_MS);
    const quiet = setTimeout(() => socket.end(), QUIET_MS);
    socket.setEncoding('latin1');
    socket.on('connect', async () => {
      for (const [index, start] of [0, ...cuts].entries()) {
        socket.write(bytes.subarray(start, cuts[index] ?? bytes.length));
        await nextTurn();
      }
      if (halfClose) {
        socket.end();
      }
    });
    socket.on('data', (chunk: string) => {
      chunks.push(chunk);
      quiet.refresh();
    });
    socket.on('end', () => socket.end());
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timeout);
      clearTimeout(quiet);
      resolve(chunks.join(''));
    });
  });
}

/** Returns the error in the responses of a connection, or `undefined` if there is none. */
function errorIn(received: string, { bytes }: FuzzedConnection): string | undefined {
  // No line of a body begins like this, as texts in bodies are quoted.
  if (/^HTTP\/1\.1 5\d\d /m.test(received)) {
    return 'a server error';
  }
  if (received !== '' && !received.startsWith('HTTP/1.1 ')) {
    return 'bytes that are not a response';
  }
  const echoed = Array.from(received.matchAll(/^X-Request-Id: (fuzz-\d+-\d+)\r$/gim), ([, id]) =>
    String(id),
  );
  // The ids may be damaged, too, so they are looked for in the bytes.
  const sent = bytes.toString('latin1');
  let position = 0;
  for (const id of echoed) {
    if (!sent.includes(id)) {
      return `a response of another connection: ${echoed.join(', ')}`;
    }
    position = sent.indexOf(id, position);
    if (position === -1) {
      return `responses out of order: ${echoed.join(', ')}`;
    }
  }
  return undefined;
}
