import type { ReadTurns } from '../concurrency/read-turns.js';
import { ChangeBatch, type FindProduct } from './change-batch.js';
import type { ChangeRepository } from './change-repository.js';
import type { ChangeTail } from './change-tail.js';
import type { FeedPosition } from './feed-position.js';

/** Maximum changes of one read: a thousand readers can be behind at the same time. */
const PAGE_SIZE = 250;

/** What a reader of the feed needs. */
export interface FollowDependencies {
  readonly repository: ChangeRepository;
  readonly tail: ChangeTail;
  readonly findProduct: FindProduct;
}

/** How a reader waits. */
export interface FollowOptions {
  /** Ends the reading. */
  readonly signal: AbortSignal;
  /** Milliseconds without changes after which undefined is returned. */
  readonly idleMs: number;
}

/**
 * Returns all changes after a place, each once, as they are committed: reads pages of the log until
 * it has reached the tail, and again if the tail is faster than the reader. A batch can be empty.
 *
 * @throws {ChangesExpiredError} when changes after the place are no longer kept
 */
export async function* followChanges(
  { repository, tail, findProduct, turns }: FollowDependencies & { readonly turns: ReadTurns },
  after: FeedPosition,
  { signal, idleMs }: FollowOptions,
): AsyncGenerator<ChangeBatch | undefined, void, undefined> {
  let position = after;
  for (;;) {
    await turns.next();
    if (signal.aborted) {
      return;
    }
    const page = await repository.readAfter(position, PAGE_SIZE);
    position = page.next;
    yield new ChangeBatch(page, { findProduct, isShared: false, turns });
    const subscription = page.isLast ? tail.join(position) : undefined;
    if (subscription === undefined) {
      continue;
    }
    // Once for all waits: a thousand readers wait again after each poll.
    signal.addEventListener('abort', subscription.wake);
    try {
      while (!signal.aborted && !subscription.isBehind) {
        const batch = await subscription.next(idleMs);
        if (batch === undefined) {
          yield undefined;
        } else if (batch.next.seq > position.seq) {
          yield batch.after(position);
          position = batch.next;
        }
      }
    } finally {
      signal.removeEventListener('abort', subscription.wake);
      subscription.leave();
    }
  }
}
