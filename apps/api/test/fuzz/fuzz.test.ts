import { connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type RunningApi, seededRandom, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { send } from '../raw-request.js';
import { drawConnection, type FuzzedConnection } from './fuzzed-messages.js';

/** FUZZ_MESSAGES: how many messages are sent, in connections of 2.5 on average. Default 5,000. */
const messageCount = Number(process.env['FUZZ_MESSAGES'] ?? 5000);

/** FUZZ_SEED: draws the same messages again. Default: another seed each time. */
const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 32));

const connectionsAtOnce = 16;

/** Milliseconds until the client ends its side of a connection on which nothing comes any more. */
const quietMs = 150;

/** Milliseconds for a connection to end: Node gives a message 10 s for its headers, 30 s in all. */
const limitMs = 45_000;

let api: RunningApi;

beforeAll(async () => {
  api = await startApi({ env: { REDIS_URL: '', LOG_LEVEL: 'error' } });
});

afterAll(() => api.stop());

test(`${messageCount} damaged messages: each connection is responded to in its order, or closed`, {
  timeout: 60_000 + messageCount * 20,
}, async () => {
  const random = seededRandom(seed);
  let sent = 0;
  let connections = 0;
  const nextConnection = () => {
    const connection = drawConnection(random, String(connections));
    connections += 1;
    sent += connection.marks.length;
    return connection;
  };
  const runClient = async () => {
    while (sent < messageCount) {
      const connection = nextConnection();
      const received = await exchange(api.baseUrl, connection);
      expect(faultIn(received, connection), describe(connection, received)).toBeUndefined();
    }
  };
  await Promise.all(Array.from({ length: connectionsAtOnce }, runClient));
  expect((await send(api.baseUrl, { path: '/health/ready' })).status).toBe(200);
  expect(api.logLines().filter((line) => line.includes('"level":"error"'))).toEqual([]);
  expect(process.kill(api.pid, 0)).toBe(true);
});

function describe({ bytes }: FuzzedConnection, received: string): string {
  const sent = JSON.stringify(bytes.toString('latin1'));
  return `FUZZ_SEED=${seed}\nsent: ${sent}\nreceived: ${JSON.stringify(received.slice(0, 2000))}`;
}

/** Sends a connection's bytes in its writes, and returns all that comes until it is closed. */
function exchange(baseUrl: string, connection: FuzzedConnection): Promise<string> {
  const { bytes, cuts, halfClose } = connection;
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const chunks: string[] = [];
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    const limit = setTimeout(() => {
      socket.destroy();
      reject(new Error(`not closed in time: ${describe(connection, chunks.join(''))}`));
    }, limitMs);
    const quiet = setTimeout(() => socket.end(), quietMs);
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
      clearTimeout(limit);
      clearTimeout(quiet);
      resolve(chunks.join(''));
    });
  });
}

/** Returns what is wrong with the responses of a connection; undefined if nothing is. */
function faultIn(received: string, { marks }: FuzzedConnection): string | undefined {
  // A server error; texts in bodies are quoted, and no line of them begins like this.
  if (/^HTTP\/1\.1 5\d\d /m.test(received)) {
    return 'a server error';
  }
  if (received !== '' && !received.startsWith('HTTP/1.1 ')) {
    return 'bytes that are not a response';
  }
  const echoed = Array.from(received.matchAll(/^X-Request-Id: (fuzz-\d+-\d+)\r$/gim), ([, mark]) =>
    String(mark),
  );
  const positions = echoed.map((mark) => marks.indexOf(mark));
  if (positions.includes(-1)) {
    return `a response of another connection: ${echoed.join(', ')}`;
  }
  const inOrder = positions.every((position, index) => position >= (positions[index - 1] ?? 0));
  return inOrder ? undefined : `responses out of order: ${echoed.join(', ')}`;
}
