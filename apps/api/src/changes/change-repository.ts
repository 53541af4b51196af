import type { Change } from '@product-api/contract';
import { toProductId } from '@product-api/contract';
import type { ChangeFeed, ChangeLogHead, ProductChange } from '@product-api/database';
import { ChangesExpiredError } from './change-errors.js';
import { encodePosition, endOfFeed, type FeedPosition, feedPosition } from './feed-position.js';

/** A change, and the place behind it. */
export interface FeedEntry {
  readonly change: Omit<Change, 'product'>;
  readonly position: FeedPosition;
}

/** Changes that follow each other. */
export interface FeedPage {
  readonly entries: readonly FeedEntry[];
  /** The place behind the page. */
  readonly next: FeedPosition;
  /** Whether the page reaches the end that the feed had when it was read. */
  readonly isLast: boolean;
}

/** Reads the feed of changes from the database. */
export class ChangeRepository {
  readonly #feed: ChangeFeed;

  constructor(feed: ChangeFeed) {
    this.#feed = feed;
  }

  /** Returns the end of the feed. Every change that is committed later comes after it. */
  async end(): Promise<FeedPosition> {
    return endOfFeed(await this.#feed.head());
  }

  /**
   * Returns the changes after a place, at most `limit` of them.
   *
   * @throws {ChangesExpiredError} when the feed cannot go on from there without leaving out changes
   */
  async readAfter(after: FeedPosition, limit: number): Promise<FeedPage> {
    const head = await this.#feed.head();
    const end = endOfFeed(head);
    if (after.databaseId !== end.databaseId) {
      throw await this.#expired(head, 'The cursor is of another database');
    }
    if (after.seq > end.seq) {
      throw await this.#expired(head, 'The cursor is ahead of the database');
    }
    // Also reads the change before the place, to compare its mark.
    const read = await this.#feed.read(after.seq - 1, limit + 1);
    const [first] = read;
    if (first?.seq !== after.seq) {
      if ((await this.#feed.start()) > after.seq + 1) {
        throw await this.#expired(head, 'The changes after the cursor are no longer kept');
      }
      return toPage(read.slice(0, limit), end, limit);
    }
    const mark = first.changedAt?.getTime();
    if (after.mark !== undefined && mark !== undefined && after.mark !== mark) {
      throw await this.#expired(head, 'The cursor is of another history of the database');
    }
    return toPage(read.slice(1), end, limit);
  }

  async #expired({ databaseId }: ChangeLogHead, reason: string): Promise<ChangesExpiredError> {
    const earliest = feedPosition(databaseId, (await this.#feed.start()) - 1, undefined);
    return new ChangesExpiredError(reason, encodePosition(earliest));
  }
}

function toPage(read: readonly ProductChange[], end: FeedPosition, limit: number): FeedPage {
  const last = read.at(-1);
  const behindLast = last && feedPosition(end.databaseId, last.seq, last.changedAt);
  // Numbers up to the end that were not read are not used.
  const isLast = read.length < limit || behindLast === undefined || behindLast.seq >= end.seq;
  return {
    entries: read.flatMap((each) => toEntry(each, end.databaseId) ?? []),
    next: behindLast && (!isLast || behindLast.seq >= end.seq) ? behindLast : end,
    isLast,
  };
}

/**
 * Returns the entry of a change; undefined for a text that somebody has written to the log itself,
 * and that is not a change.
 */
function toEntry(
  { seq, productId, version, kind, changedAt }: ProductChange,
  databaseId: string,
): FeedEntry | undefined {
  const id = toProductId(productId);
  if (id === undefined || version === undefined || changedAt === undefined) {
    return undefined;
  }
  const position = feedPosition(databaseId, seq, changedAt);
  const cursor = encodePosition(position);
  const change = {
    cursor,
    kind,
    product_id: id,
    version,
    changed_at: changedAt.toISOString(),
  };
  return { change, position };
}
