import type { LogMark } from './change-log.js';

/** How far a log was applied to a store. It is kept in the store, and lost and restored with it. */
export interface Watermark {
  readonly databaseId: string;
  /** Every change up to this sequence number was applied. */
  readonly seq: number;
  /** The mark of the change with that number; undefined if it is unknown. */
  readonly mark: LogMark | undefined;
}

const NO_MARK = '-';

/** Returns the text of a watermark: `<database id> <seq> <mark>`. */
export function formatWatermark({ databaseId, seq, mark = NO_MARK }: Watermark): string {
  return `${databaseId} ${seq} ${mark}`;
}

/** Parses the text of a watermark. Returns undefined for any other text. */
export function parseWatermark(text: string): Watermark | undefined {
  const [, databaseId, seq, mark] = /^(\S+) (\d{1,16}) (\S+)$/.exec(text) ?? [];
  if (databaseId === undefined || databaseId === CLEARING) {
    return undefined;
  }
  return { databaseId, seq: Number(seq), mark: mark === NO_MARK ? undefined : mark };
}

const CLEARING = 'clearing';

/** Returns the text that replaces the watermark after each batch while a relay clears the store. */
export function formatClearing(clearingId: string, batch: number): string {
  return `${CLEARING} ${clearingId} ${batch}`;
}

/** Returns whether a relay is clearing the store, or stopped before it had finished. */
export function isClearing(text: string): boolean {
  return text.startsWith(`${CLEARING} `);
}

/** Returns whether two marks of the same sequence number can belong to the same change. */
export function marksAgree(one: LogMark | undefined, other: LogMark | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}
