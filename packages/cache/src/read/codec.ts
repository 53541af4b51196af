import type { KnownAbsence } from './cache-read.js';

/** Converts values to the text that is stored, and back. */
export interface Codec<V> {
  /** Returns the text of a value. It must not be `null`, which is stored for an absent value. */
  encode(value: V): string;
  /**
   * Returns the value of a text, or `undefined` if the text is not valid for the key. Must not
   * throw.
   */
  decode(text: string, key: string): V | undefined;
}

/** The text that is stored when a load found nothing. It is readable in redis-cli. */
export const ABSENCE_TEXT = 'null';

/** The result of a read that found `ABSENCE_TEXT`. */
export const knownAbsence: KnownAbsence = Object.freeze({ source: 'hit', value: undefined });
