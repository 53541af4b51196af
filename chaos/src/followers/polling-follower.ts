import { setTimeout as delay } from 'node:timers/promises';
import type { Changes } from '@product-api/contract';
import { EXPIRED, type FeedFollowerOptions, type Follower, RETRY_MS } from './follower.js';
import { FollowerRecord } from './follower-record.js';

/** Seconds for which a request waits for a change. */
const WAIT_S = 5;

/** Changes of a response: few, so that there are many responses. */
const LIMIT = 20;

/** Follows the changes by requests that wait for the next ones. */
export function startPollingFollower({
  name,
  servers,
  random,
  after,
}: FeedFollowerOptions): Follower {
  const record = new FollowerRecord(name);
  const end = new AbortController();
  let cursor = after;

  async function readPage(): Promise<void> {
    const { name: process, baseUrl } = random.pick(servers);
    const query = `after=${cursor}&include=product&limit=${LIMIT}&wait=${WAIT_S}`;
    const response = await fetch(`${baseUrl}/changes?${query}`, { signal: end.signal });
    if (!response.ok) {
      await response.arrayBuffer();
      record.refuse(response.status);
      if (response.status === EXPIRED) {
        end.abort();
      }
      throw new Error(`Got ${response.status}`);
    }
    // The contract declares this type.
    const { items, next_cursor } = (await response.json()) as Changes;
    const receive = record.connect(process, cursor);
    for (const change of items) {
      receive(change);
      record.apply(change);
    }
    cursor = next_cursor;
  }

  async function follow(): Promise<void> {
    while (!end.signal.aborted) {
      await readPage().catch(() => delay(RETRY_MS));
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
