// Sends the job in the file that the first argument names, with autocannon, and prints a LoadResult
// as JSON. It runs as a process of its own, so that it can be pinned to a core.
import { readFile } from 'node:fs/promises';
import autocannon from 'autocannon';
import { quantile } from '../../statistics/quantile.js';
import type { LoadJob } from './send-load.js';

// send-load.ts writes the file.
const job = JSON.parse(await readFile(process.argv[2] ?? '', 'utf8')) as LoadJob;
const { port, requests, status, pace } = job;
const connections = 'count' in pace ? Math.min(job.connections, pace.count) : job.connections;
const limit = 'count' in pace ? { amount: pace.count } : { duration: pace.seconds };

const latencies: number[] = [];
let clients = 0;
let [startedAt, endedAt] = [0, 0];
const url = `http://127.0.0.1:${port}`;
const run = autocannon({ url, connections, ...limit, sampleInt: 10, setupClient }, (error, end) => {
  const result = {
    requests: latencies.length,
    seconds: (endedAt - startedAt) / 1000,
    p50Micros: quantile(latencies, 0.5) * 1000,
    p99Micros: quantile(latencies, 0.99) * 1000,
    errors: error ? 1 : end.errors,
  };
  process.stdout.write(JSON.stringify(result));
});
// All requests are built by now, so that only sending them counts.
run.on('start', () => {
  startedAt = performance.now();
});
run.on('response', (_client, received, _bytes, milliseconds) => {
  if (received !== status) {
    throw new Error(`Expected status ${status}, received ${received}`);
  }
  latencies.push(milliseconds);
  endedAt = performance.now();
});

/** Gives each client its own part of the requests; together they send every request equally often. */
function setupClient(client: autocannon.Client): void {
  const number = clients++;
  const own = requests.filter((_, index) => index % connections === number);
  const chosen = own.length > 0 ? own : requests;
  client.setRequests(
    chosen.map(({ headers = {}, ...request }) => ({
      ...request,
      headers: request.body === undefined ? headers : { 'Content-Type': 'application/json' },
    })),
  );
}
