import type { Change, Changes, StreamChangesQuery } from '@product-api/contract';
import { ReadTurns } from '../concurrency/read-turns.js';
import type { StreamBlocks } from '../http/streams/stream-body.js';
import { ChangeBatch } from './change-batch.js';
import type { FeedEntry } from './change-repository.js';
import { type ChangeSelection, select } from './change-selection.js';
import { cursorEvent, firstEvent } from './event-text.js';
import { decodePosition, encodePosition, type FeedPosition } from './feed-position.js';
import { type FollowDependencies, type FollowOptions, followChanges } from './follow-changes.js';

/** Changes that a request with a filter looks at in one statement. */
const WINDOW_SIZE = 1000;

/** Maximum statements of a request with a filter; the client then goes on with another request. */
const WINDOWS_AT_MOST = 10;

/** Milliseconds between two events that only move the cursor past changes that are filtered out. */
const CURSOR_EVERY_MS = 1000;

/** Maximum characters of the products in a response, unless it has one change only. */
const MAX_PRODUCTS_LENGTH = 1024 * 1024;

/** Characters of a change, and of a product without its texts, about. */
const CHANGE_LENGTH = 200;

/** What the service needs. */
export interface ChangeServiceOptions extends FollowDependencies {
  /** Milliseconds between two events of a stream that has nothing to send. */
  readonly heartbeatMs: number;
}

/** Which changes a request wants, and how many. */
export interface WantedChanges extends ChangeSelection {
  readonly limit: number;
}

/** The changes that a request gets. */
export interface FoundChanges {
  readonly entries: readonly FeedEntry[];
  /** The place behind the last change that was looked at. */
  readonly next: FeedPosition;
  /** Whether there were no more changes. */
  readonly isLast: boolean;
}

/** A response to a request for changes, and its approximate size in bytes. */
export interface ChangesResponse {
  readonly page: Changes;
  readonly size: number;
}

/** The use cases of the feed of changes. */
export class ChangeService {
  readonly #options: ChangeServiceOptions;
  /** Readers that follow the feed. A thousand of them must not delay a request for one page. */
  readonly #followers = new ReadTurns();
  readonly #requests = new ReadTurns();

  constructor(options: ChangeServiceOptions) {
    this.#options = options;
  }

  /** Returns the cursor of the end of the feed: every later change is behind it. */
  async currentCursor(): Promise<string> {
    return encodePosition(await this.#options.repository.end());
  }

  /**
   * Returns the place where a client goes on; without a cursor the end of the feed.
   *
   * @throws {InvalidChangesCursorError} when a text is not a cursor
   */
  async placeOf({ after }: Pick<StreamChangesQuery, 'after'>, lastEventId?: string) {
    if (lastEventId !== undefined) {
      return decodePosition(lastEventId, 'last-event-id');
    }
    return after === undefined ? this.#options.repository.end() : decodePosition(after, 'after');
  }

  /**
   * Returns changes after a place. With a filter, it looks at a bounded number of changes.
   *
   * @throws {ChangesExpiredError} when changes after the place are no longer kept
   */
  async find(after: FeedPosition, wanted: WantedChanges): Promise<FoundChanges> {
    const isFiltered = wanted.product_id !== undefined || wanted.kind !== undefined;
    const found: FeedEntry[] = [];
    let next = after;
    for (let windows = 1; ; windows++) {
      const size = isFiltered ? WINDOW_SIZE : wanted.limit;
      // A window takes the driver of SQLite, which is synchronous, some 12 ms.
      await this.#requests.next();
      const page = await this.#options.repository.readAfter(next, size);
      found.push(...select(page.entries, wanted));
      next = page.next;
      const isEnough = found.length >= wanted.limit || windows === WINDOWS_AT_MOST;
      if (isEnough || page.isLast || !isFiltered) {
        return limited(found, { ...page, limit: wanted.limit });
      }
    }
  }

  /**
   * Waits for changes after a place, which can be none when the wait ends.
   *
   * @throws {ChangesExpiredError} when changes after the place are no longer kept
   */
  async waitFor(
    after: FeedPosition,
    wanted: WantedChanges,
    options: FollowOptions,
  ): Promise<FoundChanges> {
    let next = after;
    for await (const batch of this.#follow(after, options)) {
      if (batch === undefined) {
        break;
      }
      const found = select(batch.entries, wanted);
      if (found.length > 0) {
        return limited(found, { next: batch.next, isLast: true, limit: wanted.limit });
      }
      next = batch.next;
    }
    return { entries: [], next, isLast: true };
  }

  /** Returns the response with the changes that were found. */
  async respond(
    { entries, next }: FoundChanges,
    include: ChangeSelection['include'],
  ): Promise<ChangesResponse> {
    const batch = new ChangeBatch({ entries, next }, { ...this.#options, isShared: false });
    const changes = await batch.present(entries, include);
    let size = 0;
    const end = changes.findIndex((change, index) => {
      size += lengthOf(change);
      return index > 0 && size > MAX_PRODUCTS_LENGTH;
    });
    const items = end === -1 ? changes : changes.slice(0, end);
    const last = end === -1 ? undefined : items.at(-1);
    return {
      page: { items: [...items], next_cursor: last?.cursor ?? encodePosition(next) },
      size,
    };
  }

  /**
   * Returns the events of all changes after a place, until the signal is aborted. An event without
   * data shows that the stream lives, and how far it has come.
   *
   * @throws {ChangesExpiredError} when changes after the place are no longer kept
   */
  async *stream(
    after: FeedPosition,
    selection: ChangeSelection,
    signal: AbortSignal,
  ): StreamBlocks {
    let position = after;
    let isFirst = true;
    /** When the client got the position last. */
    let toldAt = Number.NEGATIVE_INFINITY;
    const options = { signal, idleMs: this.#options.heartbeatMs };
    for await (const batch of this.#follow(after, options)) {
      if (isFirst) {
        yield firstEvent(encodePosition(position));
        isFirst = false;
      }
      const isMoved = batch !== undefined && batch.next.seq > position.seq;
      let isSilent = true;
      for await (const block of batch?.events(selection) ?? []) {
        yield block;
        isSilent = false;
      }
      position = batch?.next ?? position;
      const now = performance.now();
      const isDue = batch === undefined || (isMoved && now - toldAt >= CURSOR_EVERY_MS);
      if (isSilent && isDue && !signal.aborted) {
        yield cursorEvent(encodePosition(position));
      }
      if (!isSilent || isDue) {
        toldAt = now;
      }
    }
    return true;
  }

  #follow(after: FeedPosition, options: FollowOptions) {
    return followChanges({ ...this.#options, turns: this.#followers }, after, options);
  }
}

/** Cuts what was found to the number of changes that a request wants. */
function limited(
  found: readonly FeedEntry[],
  { next, isLast, limit }: Pick<FoundChanges, 'next' | 'isLast'> & { readonly limit: number },
): FoundChanges {
  const entries = found.slice(0, limit);
  const last = entries.at(-1);
  return found.length > limit && last !== undefined
    ? { entries, next: last.position, isLast: false }
    : { entries, next, isLast };
}

function lengthOf({ product }: Change): number {
  const productLength =
    product === undefined ? 0 : CHANGE_LENGTH + product.name.length + product.description.length;
  return CHANGE_LENGTH + productLength;
}
