import type { LogMark } from './change-log.js';

/** How far a log has been applied to a store. It is kept in the store, lost and restored with it. */
export interface Watermark {
  readonly databaseId: string;
  /** Every change up to this number was applied. */
  readonly seq: number;
  /** The mark of the change of that number; undefined where it was not kept. */
  readonly mark: LogMark | undefined;
}

const noMark = '-';

/** The text in which a watermark is kept: `<database id> <seq> <mark>`. */
export function formatWatermark({ databaseId, seq, mark = noMark }: Watermark): string {
  return `${databaseId} ${seq} ${mark}`;
}

/** Reads a watermark's text; undefined for every other text. */
export function parseWatermark(text: string): Watermark | undefined {
  const [, databaseId, seq, mark] = /^(\S+) (\d{1,16}) (\S+)$/.exec(text) ?? [];
  if (databaseId === undefined || databaseId === clearing) {
    return undefined;
  }
  return { databaseId, seq: Number(seq), mark: mark === noMark ? undefined : mark };
}

const clearing = 'clearing';

/** The text in a watermark's place while a relay clears the store, another one after every batch. */
export function formatClearing(clearingId: string, batch: number): string {
  return `${clearing} ${clearingId} ${batch}`;
}

/** Whether a relay is clearing the store, or was when it ended. */
export function isClearing(text: string): boolean {
  return text.startsWith(`${clearing} `);
}

/** Whether two marks of one number may be of one change. */
export function marksAgree(one: LogMark | undefined, other: LogMark | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}
