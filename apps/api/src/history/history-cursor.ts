import { z } from 'zod';
import { parseBase64Json } from '../products/product-cursor.js';
import { InvalidHistoryCursorError } from './history-errors.js';

/** The place of an entry in the history of a product. */
export interface HistoryPlace {
  readonly version: number;
  /** Tells entries apart that have the same version. */
  readonly number: number;
}

const positive = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const cursor = z.tuple([z.literal('history'), positive, positive]);

/** Encodes the place of the last entry of a page as opaque text that is safe in a URL. */
export function encodeHistoryCursor({ version, number }: HistoryPlace): string {
  return Buffer.from(JSON.stringify(['history', version, number])).toString('base64url');
}

/**
 * Decodes a cursor.
 *
 * @throws {InvalidHistoryCursorError} when the text is not a cursor of a history
 */
export function decodeHistoryCursor(text: string): HistoryPlace {
  const parsed = cursor.safeParse(parseBase64Json(text));
  if (!parsed.success) {
    throw new InvalidHistoryCursorError();
  }
  const [, version, number] = parsed.data;
  return { version, number };
}
