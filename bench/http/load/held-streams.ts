// Holds streams of changes open, and measures how late the events of the first one come. Arguments:
// the URL of the streams, and their number. The program prints a line when all are open,
// and for each line of its input the `EventDelays` since the line before.

import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { quantile } from '../../statistics/quantile.js';

/** What this program measured. */
export interface EventDelays {
  /** The events of the first stream. */
  readonly events: number;
  readonly p50Micros: number;
  readonly p99Micros: number;
}

const CHANGED_AT = /"changed_at":"([^"]+)"/g;

const [url, count] = process.argv.slice(2);
const delays: number[] = [];
const first = await open();
first.setEncoding('latin1').on('data', (text: string) => {
  const now = Date.now();
  // An event that two parts share is left out.
  for (const [, changedAt = ''] of text.matchAll(CHANGED_AT)) {
    delays.push(now - Date.parse(changedAt));
  }
});
for (let opened = 1; opened < Number(count); opened++) {
  (await open()).resume();
}
process.stdout.write('open\n');

for await (const _ of createInterface({ input: process.stdin })) {
  const result: EventDelays = {
    events: delays.length,
    p50Micros: 1000 * quantile(delays, 0.5),
    p99Micros: 1000 * quantile(delays, 0.99),
  };
  delays.length = 0;
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
process.exit(0);

async function open(): Promise<IncomingMessage> {
  const [response] = await once(get(url ?? '', { agent: false }), 'response');
  if (response.statusCode !== 200) {
    throw new Error(`Expected a stream of changes, got ${response.statusCode}`);
  }
  return response;
}
