import type { Changes } from '@product-api/contract';
import { type FeedState, followFeed, RefusedError } from './follow-feed.js';
import type { FeedFollowerOptions, Follower } from './follower.js';

/** Seconds for which a request waits for a change. */
const WAIT_S = 5;

/** Changes of a response: few, so that there are many responses. */
const LIMIT = 20;

/** Follows the changes by requests that wait for the next ones. */
export function startPollingFollower(options: FeedFollowerOptions): Follower {
  const { servers, random } = options;
  return followFeed(options, async (state: FeedState) => {
    const { record, signal, cursor } = state;
    const { name: process, baseUrl } = random.pick(servers);
    const query = `after=${cursor}&include=product&limit=${LIMIT}&wait=${WAIT_S}`;
    const response = await fetch(`${baseUrl}/changes?${query}`, { signal });
    if (!response.ok) {
      await response.arrayBuffer();
      throw new RefusedError(response.status);
    }
    // The contract declares this type.
    const { items, next_cursor } = (await response.json()) as Changes;
    const receive = record.connect(process, cursor);
    for (const change of items) {
      receive(change);
      record.apply(change);
    }
    state.cursor = next_cursor;
  });
}
