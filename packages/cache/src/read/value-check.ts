import { absenceText, knownAbsence } from './absence.js';
import type { CacheEvent } from './cache-event.js';
import type { CachePeek } from './cache-read.js';
import type { Codec } from './codec.js';
import type { Failsafe } from './failsafe.js';
import { rememberHits } from './remembered-hits.js';

/** What checking a stored text needs. */
export interface ValueCheckOptions<V> {
  readonly codec: Codec<V>;
  readonly failsafe: Failsafe;
  readonly onEvent: (event: CacheEvent) => void;
}

/** Tells valid texts from invalid ones; in two parts, so that a hit waits for nothing. */
export interface ValueCheck<V> {
  /** A stored text as a hit, or `undefined` if it is invalid. */
  asHit(key: string, text: string): CachePeek<V> | undefined;
  /** Reports and deletes an invalid text. Never rejects. */
  discard(key: string, text: string): Promise<void>;
}

/** A longer text is not a value, whatever it says: to parse it would hold up other requests. */
const longestTextLength = 1024 * 1024;

/** Makes the check of stored texts. */
export function createValueCheck<V>(options: ValueCheckOptions<V>): ValueCheck<V> {
  const { codec, failsafe, onEvent } = options;
  return {
    asHit: rememberHits((key, text) => {
      if (text === absenceText) {
        return knownAbsence;
      }
      const value = text.length > longestTextLength ? undefined : codec.decode(text, key);
      if (value === undefined) {
        return undefined;
      }
      // Other text may say more than the value does, such as a member that comes twice.
      const encoded = codec.encode(value);
      if (encoded === text) {
        return { source: 'hit', text, value };
      }
      onEvent({ type: 'edited-value', key });
      return { source: 'hit', text: encoded, edited: text, value };
    }),

    async discard(key, text) {
      onEvent({ type: 'invalid-value', key, text });
      await failsafe('discard', key, (store) => store.discard(key, text));
    },
  };
}
