import { type CacheStore, StoreUnavailableError } from '../store/cache-store.js';
import type { CacheEvent, StoreOperation } from './cache-event.js';

/** Runs an operation of the store. Reports a failure and then returns `undefined`. */
export type Failsafe = <T>(
  operation: StoreOperation,
  key: string,
  run: (store: CacheStore) => Promise<T>,
) => Promise<T | undefined>;

const nothing = Promise.resolve(undefined);

/** Wraps a store so that its failures never reach a caller of the cache. */
export function createFailsafe(store: CacheStore, onEvent: (event: CacheEvent) => void): Failsafe {
  return (operation, key, run) =>
    store.state() === 'bypassed'
      ? nothing
      : run(store).catch((error: unknown) => {
          if (!(error instanceof StoreUnavailableError)) {
            onEvent({ type: 'store-error', operation, key, error });
          }
          return undefined;
        });
}
