// Sends requests at a constant rate over open connections, and prints the result as one line of
// JSON: a `RateResult`. The argument is a `RateLoad` as JSON.
//
// A latency counts from the time at which the request was due, not from when it was sent, so that a
// request that waits for a free connection has this wait in its latency (coordinated omission). The
// program never sleeps: timers have whole milliseconds, and would send requests in bursts.

import { connect, type Socket } from 'node:net';

/** What this program sends. */
export interface RateLoad {
  readonly port: number;
  readonly connections: number;
  /** The requests as they go over the wire; they are sent in turn, again and again. */
  readonly requests: readonly string[];
  readonly perSecond: number;
  readonly seconds: number;
}

/** What this program measured. */
export interface RateResult {
  readonly requests: number;
  /** Responses with a status of 400 or above. */
  readonly failed: number;
  readonly p50Micros: number;
  readonly p99Micros: number;
  /** How late this program itself sent its requests. */
  readonly lateP99Micros: number;
}

/** A connection that has a request. */
interface Connection {
  readonly socket: Socket;
  /** When the request was due. */
  due: number;
  /** What has arrived of the head of the response. */
  head: string;
  /** The bytes of the body that have not arrived; undefined before the head is complete. */
  missing: number | undefined;
}

const END_OF_HEAD = '\r\n\r\n';

/** Seconds after the last request until every response must have come. */
const PATIENCE_SECONDS = 60;

const load: RateLoad = JSON.parse(process.argv[2] ?? '');
const requests = load.requests.map((text) => Buffer.from(text));
const count = Math.round(load.perSecond * load.seconds);
const latencies = new Float64Array(count);
const lateness = new Float64Array(count);
const counted = { sent: 0, received: 0, failed: 0 };

const free = await Promise.all(Array.from({ length: load.connections }, open));
const startedAt = performance.now();
const endsAt = startedAt + (load.seconds + PATIENCE_SECONDS) * 1000;
turn();

function turn(): void {
  const now = performance.now();
  const due = Math.floor(((now - startedAt) * load.perSecond) / 1000) + 1;
  while (counted.sent < Math.min(due, count)) {
    const connection = free.shift();
    if (connection === undefined) {
      break;
    }
    send(connection);
  }
  if (counted.received === count) {
    report();
  } else if (now > endsAt) {
    throw new Error(`${count - counted.received} of ${count} requests got no response`);
  } else {
    setImmediate(turn);
  }
}

function send(connection: Connection): void {
  const number = counted.sent;
  connection.due = startedAt + (number * 1000) / load.perSecond;
  connection.socket.write(requests[number % requests.length] ?? '');
  lateness[number] = performance.now() - connection.due;
  counted.sent += 1;
}

function open(): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const address = { port: load.port, host: '127.0.0.1', noDelay: true };
    const socket = connect(address, () => resolve(connection));
    const connection: Connection = { socket, due: 0, head: '', missing: undefined };
    socket.on('error', reject);
    socket.on('data', (bytes) => receive(connection, bytes));
  });
}

function receive(connection: Connection, bytes: Buffer): void {
  if (connection.missing === undefined) {
    connection.head += bytes.toString('latin1');
    const end = connection.head.indexOf(END_OF_HEAD);
    if (end === -1) {
      return;
    }
    const head = connection.head.slice(0, end);
    const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
    connection.missing = length - (connection.head.length - end - END_OF_HEAD.length);
    counted.failed += /^HTTP\/1\.1 [123]/.test(head) ? 0 : 1;
  } else {
    connection.missing -= bytes.length;
  }
  if (connection.missing === 0) {
    latencies[counted.received] = performance.now() - connection.due;
    counted.received += 1;
    connection.head = '';
    connection.missing = undefined;
    free.push(connection);
  }
}

function report(): void {
  const result: RateResult = {
    requests: count,
    failed: counted.failed,
    p50Micros: micros(latencies, 0.5),
    p99Micros: micros(latencies, 0.99),
    lateP99Micros: micros(lateness, 0.99),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  process.exit(0);
}

function micros(milliseconds: Float64Array, share: number): number {
  const sorted = milliseconds.toSorted();
  return 1000 * (sorted[Math.floor(share * (count - 1))] ?? Number.NaN);
}
