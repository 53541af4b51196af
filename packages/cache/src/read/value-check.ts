import type { CacheEvent } from './cache-event.js';
import type { CachePeek } from './cache-read.js';
import { ABSENCE_TEXT, type Codec, knownAbsence } from './codec.js';
import type { Failsafe } from './failsafe.js';
import { memoizeTextCheck } from './text-memo.js';

/** Options for the check of stored texts. */
export interface ValueCheckOptions<V> {
  readonly codec: Codec<V>;
  readonly failsafe: Failsafe;
  readonly onEvent: (event: CacheEvent) => void;
}

/** Checks stored texts. The check itself is synchronous, so that a hit does not wait. */
export interface ValueCheck<V> {
  /** Returns a stored text as a hit, or `undefined` if it is invalid. */
  asHit(key: string, text: string): CachePeek<V> | undefined;
  /** Returns the length of the latest valid text of a key; `undefined` if it is not known. */
  knownLength(key: string): number | undefined;
  /** Reports and deletes an invalid text. Never rejects. */
  discard(key: string, text: string): Promise<void>;
}

/** Longer texts count as invalid: parsing them would delay other requests. */
const MAX_TEXT_LENGTH = 1024 * 1024;

/** Creates the check of stored texts. */
export function createValueCheck<V>(options: ValueCheckOptions<V>): ValueCheck<V> {
  const { codec, failsafe, onEvent } = options;
  const memo = memoizeTextCheck<V>((key, text) => {
    if (text === ABSENCE_TEXT) {
      return knownAbsence;
    }
    const value = text.length > MAX_TEXT_LENGTH ? undefined : codec.decode(text, key);
    if (value === undefined) {
      return undefined;
    }
    // An edited text may hold more than the value, such as a duplicate field, so it is not served.
    const encoded = codec.encode(value);
    if (encoded === text) {
      return { source: 'hit', text, value };
    }
    onEvent({ type: 'edited-value', key });
    return { source: 'hit', text: encoded, edited: text, value };
  });
  return {
    asHit: memo.check,
    knownLength: memo.knownLength,

    async discard(key, text) {
      onEvent({ type: 'invalid-value', key, text });
      await failsafe('discard', key, (store) => store.discard(key, text));
    },
  };
}
