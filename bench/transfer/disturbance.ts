// Measures cached reads and writes without an import, during an import, and while another process
// writes the statements of an import alone, in turn. The argument is `sqlite` or `postgres`.
import { fork } from 'node:child_process';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type RunningApi, startApi, startPostgres, temporaryFolder } from '@product-api/testing';
import { markdownTable } from '../report/markdown-table.js';
import { median, quantile } from '../statistics/quantile.js';
import { newLines } from './new-products.js';

const ROUNDS = 5;
const SECONDS = 4;

/** Milliseconds between the times at which two reads are due. */
const READ_EVERY_MS = 2.5;

/** Milliseconds between a write and the next one. */
const WRITE_EVERY_MS = 10;

/** Products that are read, and as many others that are written. */
const PRODUCTS = 100;

/** Lines of an import; it is sent again when it ends. */
const LINES = 10_000;

/** What others do meanwhile; each returns the function that ends it. */
type Work = () => () => Promise<void>;

interface Latencies {
  readonly reads: readonly number[];
  readonly writes: readonly number[];
}

const folder = await temporaryFolder();
const postgres = process.argv[2] === 'postgres' ? await startPostgres() : undefined;
const databaseUrl = postgres?.url ?? `file:${folder.file('catalog.db')}`;
const api = await startApi({
  env: { DATABASE_URL: databaseUrl, SEED: 'false', LOG_LEVEL: 'error' },
});
try {
  const ids = await createProducts(api);
  const works: Readonly<Record<string, Work>> = {
    nothing: () => async () => undefined,
    'an import': importing,
    'its statements, by another process': writingChunks,
  };
  const rounds = new Map<string, Latencies[]>();
  await measure(ids);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, begin] of Object.entries(works)) {
      const end = begin();
      await sleep(500);
      rounds.set(name, [...(rounds.get(name) ?? []), await measure(ids)]);
      await end();
    }
  }
  const cells = (latencies: readonly Latencies[], of: keyof Latencies, part: number) =>
    median(latencies.map((each) => quantile(each[of], part))).toFixed(1);
  console.log(
    markdownTable(
      ['meanwhile', 'reads p50, ms', 'reads p99', 'writes p50', 'writes maximum'],
      [...rounds].map(([name, each]) => [
        name,
        cells(each, 'reads', 0.5),
        cells(each, 'reads', 0.99),
        cells(each, 'writes', 0.5),
        cells(each, 'writes', 1),
      ]),
    ),
  );
} finally {
  await api.stop();
  await postgres?.stop();
  await folder.remove();
}

/** Creates products, and returns their ids. */
async function createProducts({ baseUrl }: RunningApi): Promise<readonly string[]> {
  const response = await fetch(`${baseUrl}/imports/products?report=all`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: [...newLines(2 * PRODUCTS)].join(''),
  });
  const report = (await response.text()).trimEnd().split('\n');
  return report.slice(0, -1).map((line) => JSON.parse(line).id);
}

/** Sends reads at a constant rate, and a write after the other. */
async function measure(ids: readonly string[]): Promise<Latencies> {
  const reads: number[] = [];
  const writes: number[] = [];
  const agent = new Agent({ keepAlive: true });
  const start = performance.now();
  const end = start + SECONDS * 1000;
  const pending: Promise<unknown>[] = [];
  const read = async () => {
    for (let due = start; due < end; due += READ_EVERY_MS) {
      while (performance.now() < due) {
        await sleep(1);
      }
      const id = ids[reads.length % PRODUCTS];
      // A latency counts from the time at which the request was due.
      const sent = send(agent, 'GET', `/products/${id}`);
      pending.push(sent.then((receivedAt) => reads.push(receivedAt - due)));
    }
  };
  const write = async () => {
    while (performance.now() < end) {
      const began = performance.now();
      const id = ids[PRODUCTS + (writes.length % PRODUCTS)];
      const price = 1 + (writes.length % 1000);
      writes.push((await send(agent, 'PUT', `/products/${id}`, { price })) - began);
      await sleep(WRITE_EVERY_MS);
    }
  };
  await Promise.all([read(), write()]);
  await Promise.all(pending);
  agent.destroy();
  return { reads, writes };
}

/** Sends a request, and resolves with the time of the end of its response. */
function send(agent: Agent, method: string, path: string, body?: object): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = body && { 'content-type': 'application/json' };
    const outgoing = request(`${api.baseUrl}${path}`, { agent, method, headers }, (response) => {
      response.resume().once('end', () => {
        if (response.statusCode === 200) {
          resolve(performance.now());
        } else {
          reject(new Error(`${method} ${path} got ${response.statusCode}`));
        }
      });
    });
    outgoing.once('error', reject).end(body && JSON.stringify(body));
  });
}

/** Imports products until it is ended. */
function importing(): () => Promise<void> {
  const stop = new AbortController();
  const body = [...newLines(LINES)].join('');
  const send = async () => {
    while (!stop.signal.aborted) {
      const response = await fetch(`${api.baseUrl}/imports/products?mode=create`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson' },
        body,
        signal: stop.signal,
      });
      await response.text();
    }
  };
  const done = send().catch((error: unknown) => {
    if (!stop.signal.aborted) {
      throw error;
    }
  });
  return async () => {
    stop.abort();
    await done;
    // The service still has lines that were sent before.
    while (/streams_running\{kind="import"\} [^0]/.test(await metrics())) {
      await sleep(100);
    }
  };
}

async function metrics(): Promise<string> {
  return (await fetch(`${api.baseUrl}/metrics`)).text();
}

/** Writes chunks in another process until it is ended. */
function writingChunks(): () => Promise<void> {
  const child = fork(fileURLToPath(new URL('./raw-chunks.ts', import.meta.url)), [databaseUrl]);
  return async () => {
    child.kill();
  };
}
