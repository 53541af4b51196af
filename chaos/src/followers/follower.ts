import type { SeededRandom } from '@product-api/testing';
import type { FollowerHistory } from '../history/feed-history.js';
import type { Server } from '../workload/product-requests.js';

/** A client that keeps a copy of all products by the feed of changes. */
export interface Follower {
  /** Returns the cursor with which it would go on. */
  cursor(): string | undefined;
  /** Returns everything that it got so far. */
  history(): FollowerHistory;
  stop(): Promise<void>;
}

/** Where a follower follows the changes. */
export interface FollowerOptions {
  /** Its name in a history. */
  readonly name: string;
  /** The API processes, of which each connection uses a random one. */
  readonly servers: readonly [Server, ...Server[]];
  readonly random: SeededRandom;
}

/** The same for a follower that begins with no products, at a cursor. */
export interface FeedFollowerOptions extends FollowerOptions {
  readonly after: string;
}

/** Milliseconds between two attempts while a process does not respond. */
export const RETRY_MS = 50;

/** The status of a cursor from which the feed cannot go on. */
export const EXPIRED = 410;
