// Sends the job in the file that the first argument names, with autocannon, and prints a LoadResult
// as JSON. It runs as a process of its own, so that it can be pinned to a core.
import { readFile } from 'node:fs/promises';
import autocannon from 'autocannon';
import { quantile } from '../../statistics/quantile.js';
import type { LoadJob, LoadResult } from './load-job.js';

// send-load.ts writes the file.
const job = JSON.parse(await readFile(process.argv[2] ?? '', 'utf8')) as LoadJob;
const { port, requests, status, pace } = job;
const connections = 'count' in pace ? Math.min(job.connections, pace.count) : job.connections;

/** Each client sends its own part of the requests; together they send every request equally often. */
function requestsOfClient(client: number): autocannon.Request[] {
  const own = requests.filter((_, index) => index % connections === client);
  return (own.length > 0 ? own : requests).map(({ headers = {}, ...request }) => ({
    ...request,
    headers: request.body === undefined ? headers : { 'Content-Type': 'application/json' },
  }));
}

const latencies: number[] = [];
let clients = 0;
let cpuBefore = process.cpuUsage();
let startedAt = performance.now();
let endedAt = startedAt;
const run = autocannon(
  {
    url: `http://127.0.0.1:${port}`,
    connections,
    ...('count' in pace ? { amount: pace.count } : { duration: pace.seconds }),
    sampleInt: 10,
    setupClient: (client) => client.setRequests(requestsOfClient(clients++)),
  },
  (error: unknown, { errors }: autocannon.Result) => {
    if (error || errors > 0) {
      throw new Error(`autocannon counted ${errors} failed requests`, { cause: error });
    }
    const cpu = process.cpuUsage(cpuBefore);
    const result: LoadResult = {
      requests: latencies.length,
      seconds: (endedAt - startedAt) / 1000,
      p50Micros: quantile(latencies, 0.5) * 1000,
      p99Micros: quantile(latencies, 0.99) * 1000,
      cpuSeconds: (cpu.user + cpu.system) / 1e6,
    };
    process.stdout.write(JSON.stringify(result));
  },
);
// The requests are built by now; only sending them counts.
run.on('start', () => {
  cpuBefore = process.cpuUsage();
  startedAt = performance.now();
});
run.on('response', (_client, received, _bytes, milliseconds) => {
  if (received !== status) {
    throw new Error(`Expected status ${status}, received ${received}`);
  }
  latencies.push(milliseconds);
  endedAt = performance.now();
});
