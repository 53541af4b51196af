import type { ChangeLogHead } from '@product-api/database';
import { InvalidChangesCursorError } from './change-errors.js';

/** A place in the feed of changes: behind one change, and before the next one. */
export interface FeedPosition {
  /** The beginning of the id of the database. */
  readonly databaseId: string;
  /** The sequence number of the last change before this place; 0 if there is none. */
  readonly seq: number;
  /**
   * When that change was made, in milliseconds since 1970. It tells the change from one with the
   * same number in a restored backup. Undefined if it is not known.
   */
  readonly mark: number | undefined;
}

/** Characters of the id of a database: enough to tell two databases apart. */
const DATABASE_ID_LENGTH = 8;

const CURSOR = /^([0-9a-z]{1,8})\.([0-9a-z]{1,11})\.(-?[0-9a-z]{0,11})$/;

/** Returns the place behind a change. */
export function feedPosition(
  databaseId: string,
  seq: number,
  changedAt: Date | undefined,
): FeedPosition {
  return { databaseId: databaseId.slice(0, DATABASE_ID_LENGTH), seq, mark: changedAt?.getTime() };
}

/** Returns the place behind the last change of the log. */
export function endOfFeed({ databaseId, seq, changedAt }: ChangeLogHead): FeedPosition {
  return feedPosition(databaseId, seq, changedAt);
}

/** Encodes a place as opaque text that is safe in a URL. */
export function encodePosition({ databaseId, seq, mark }: FeedPosition): string {
  const text = `${databaseId}.${seq.toString(36)}.${mark?.toString(36) ?? ''}`;
  return Buffer.from(text).toString('base64url');
}

/**
 * Decodes a cursor.
 *
 * @param field the field of the request that has the cursor
 * @throws {InvalidChangesCursorError} when the text is not a cursor
 */
export function decodePosition(text: string, field: 'after' | 'last-event-id'): FeedPosition {
  const decoded = Buffer.from(text, 'base64url').toString('latin1');
  const [, databaseId = '', seq = '', mark = ''] = CURSOR.exec(decoded) ?? [];
  const position: FeedPosition = {
    databaseId,
    seq: Number.parseInt(seq, 36),
    mark: mark === '' ? undefined : Number.parseInt(mark, 36),
  };
  // The only text for this place.
  if (!Number.isSafeInteger(position.seq) || encodePosition(position) !== text) {
    throw new InvalidChangesCursorError(field);
  }
  return position;
}
