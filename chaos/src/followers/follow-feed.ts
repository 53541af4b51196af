import { setTimeout as delay } from 'node:timers/promises';
import { EXPIRED, type FeedFollowerOptions, type Follower, RETRY_MS } from './follower.js';
import { FollowerRecord } from './follower-record.js';

/** The state of a follower of the feed. */
export interface FeedState {
  readonly record: FollowerRecord;
  /** Aborted when the follower must stop. */
  readonly signal: AbortSignal;
  /** The cursor with which the next connection begins. */
  cursor: string;
}

/** A process has responded with an error. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly status: number;

  constructor(status: number) {
    super(`Got ${status}`);
    this.status = status;
  }
}

/**
 * Follows the feed by one connection after the other, until the follower is stopped, or the feed
 * cannot go on from its cursor.
 *
 * @param connect reads by one connection, and moves the cursor; may throw a `RefusedError`
 */
export function followFeed(
  { name, after }: Pick<FeedFollowerOptions, 'name' | 'after'>,
  connect: (state: FeedState) => Promise<void>,
): Follower {
  const end = new AbortController();
  const state = { record: new FollowerRecord(name), signal: end.signal, cursor: after };

  async function follow(): Promise<void> {
    while (!end.signal.aborted) {
      await connect(state).catch((error: unknown) => {
        if (error instanceof RefusedError) {
          state.record.refuse(error.status);
          if (error.status === EXPIRED) {
            end.abort();
          }
        }
        return delay(RETRY_MS);
      });
    }
  }

  const done = follow();
  return {
    cursor: () => state.cursor,
    history: () => state.record.history(),
    async stop() {
      end.abort();
      await done;
    },
  };
}
