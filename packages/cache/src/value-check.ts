import type { CacheEvent } from './cache-event.js';
import type { CacheHit } from './cache-read.js';
import type { Codec } from './codec.js';
import type { Failsafe } from './failsafe.js';

/** What checking a stored text needs. */
export interface ValueCheckOptions<V> {
  readonly codec: Codec<V>;
  readonly failsafe: Failsafe;
  readonly onEvent: (event: CacheEvent) => void;
}

/** Answers a stored text as a hit, or `undefined` if it is invalid. */
export type ValueCheck<V> = (key: string, text: string) => Promise<CacheHit<V> | undefined>;

/** Makes a check of stored texts that deletes and reports an invalid one. */
export function createValueCheck<V>({
  codec,
  failsafe,
  onEvent,
}: ValueCheckOptions<V>): ValueCheck<V> {
  return async (key, text) => {
    const value = codec.decode(text, key);
    if (value !== undefined) {
      return { source: 'hit', text, value };
    }
    onEvent({ type: 'invalid-value', key, text });
    await failsafe('discard', key, (store) => store.discard(key, text));
    return undefined;
  };
}
