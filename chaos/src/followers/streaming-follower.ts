import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Server } from '../workload/product-requests.js';
import { eventParser, type StreamEvent } from './event-parser.js';
import { EXPIRED, type FeedFollowerOptions, type Follower, RETRY_MS } from './follower.js';
import { FollowerRecord } from './follower-record.js';

/** A connection ends after fewer bytes: those of some events, in the middle of one. */
const MAX_BYTES = 4000;

/** Follows the changes by streams, each of which it ends after a random number of bytes. */
export function startStreamingFollower({
  name,
  servers,
  random,
  after,
}: FeedFollowerOptions): Follower {
  const record = new FollowerRecord(name);
  const end = new AbortController();
  let cursor = after;

  async function readStream({ name: process, baseUrl }: Server): Promise<void> {
    const response = await open(`${baseUrl}/changes/stream?include=product`, cursor, end.signal);
    if (response.statusCode !== 200) {
      response.destroy();
      record.refuse(Number(response.statusCode));
      if (response.statusCode === EXPIRED) {
        end.abort();
      }
      throw new Error(`Got ${response.statusCode}`);
    }
    const receive = record.connect(process, cursor);
    const parse = eventParser();
    let bytesLeft = Math.ceil(random.between(0, MAX_BYTES));
    response.setEncoding('latin1');
    for await (const text of response) {
      const part = String(text).slice(0, bytesLeft);
      bytesLeft -= part.length;
      for (const event of parse(part)) {
        handle(event, receive);
      }
      if (bytesLeft === 0) {
        // Ends the loop, and with it the connection.
        return;
      }
    }
  }

  function handle({ id, data }: StreamEvent, receive: ReturnType<FollowerRecord['connect']>) {
    if (data !== undefined) {
      const change = JSON.parse(Buffer.from(data, 'latin1').toString());
      receive(change);
      record.apply(change);
    }
    cursor = id ?? cursor;
  }

  async function follow(): Promise<void> {
    while (!end.signal.aborted) {
      await readStream(random.pick(servers)).catch(() => delay(RETRY_MS));
    }
  }

  const done = follow();
  return {
    cursor: () => cursor,
    history: () => record.history(),
    async stop() {
      end.abort();
      await done;
    },
  };
}

async function open(url: string, cursor: string, signal: AbortSignal): Promise<IncomingMessage> {
  const headers = { 'Last-Event-ID': cursor };
  const request = get(url, { agent: false, headers, signal });
  const [response] = await once(request, 'response');
  return response;
}
