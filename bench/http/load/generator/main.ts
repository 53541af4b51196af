// Loads a server as the job in the first argument says, and prints what it saw as JSON.
import { readFile } from 'node:fs/promises';
import { quantile } from '../../../statistics/quantile.js';
import { Connection } from './connection.js';
import { type GeneratorJob, type LoadResult, type Pace, requestEnd } from './generator-job.js';
import { sendAtRate } from './send-at-rate.js';
import { sendClosed } from './send-closed.js';

// The program that starts this one prints the type.
const job = JSON.parse(process.argv[2] ?? '') as GeneratorJob;
const text = await readFile(job.requestsFile, 'latin1');
const requests = text
  .split(requestEnd)
  .slice(0, -1)
  .map((request) => Buffer.from(request, 'latin1'));
const connections = await Promise.all(
  Array.from({ length: job.connections }, () => Connection.open(job.port, job.status)),
);

const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
const latencies = await send(job.pace);
const seconds = (performance.now() - startedAt) / 1000;
const cpu = process.cpuUsage(cpuBefore);
for (const connection of connections) {
  connection.close();
}
const result: LoadResult = {
  requests: latencies.length,
  seconds,
  p50Micros: quantile(latencies, 0.5) * 1000,
  p99Micros: quantile(latencies, 0.99) * 1000,
  cpuSeconds: (cpu.user + cpu.system) / 1e6,
};
process.stdout.write(JSON.stringify(result));

function send(pace: Pace): Promise<number[]> {
  switch (pace.kind) {
    case 'once': {
      const queue = requests.values();
      return sendClosed(connections, () => queue.next().value);
    }
    case 'for-seconds': {
      const next = rotation();
      const until = performance.now() + pace.seconds * 1000;
      return sendClosed(connections, () => (performance.now() < until ? next() : undefined));
    }
    case 'for-count': {
      const next = rotation();
      let left = pace.count;
      return sendClosed(connections, () => (left-- > 0 ? next() : undefined));
    }
    case 'at-rate': {
      const { perSecond } = pace;
      const count = Math.max(1, Math.round(perSecond * pace.seconds));
      return sendAtRate(connections, rotation(), { perSecond, count });
    }
  }
}

/** The requests in their order, again and again. */
function rotation(): () => Buffer {
  const [first] = requests;
  if (first === undefined) {
    throw new Error('There is no request to send');
  }
  let position = 0;
  return () => {
    const request = requests[position % requests.length] ?? first;
    position += 1;
    return request;
  };
}
