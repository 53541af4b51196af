import { setTimeout as sleep } from 'node:timers/promises';
import { Relay } from '../relay/relay.js';
import type { RelayOptions, RelayStatus } from '../relay/relay-options.js';
import type { RelayTarget } from '../relay/relay-target.js';
import { type CacheStore, StoreUnavailableError } from '../store/cache-store.js';
import type { StoreEvent } from '../store/store-event.js';
import { createMemoryStore, type MemoryStore, type MemoryStoreOptions } from './memory-store.js';
import { OwnInvalidations } from './own-invalidations.js';

/** Options for a memory store that follows a change log. */
export interface RelayedMemoryStoreOptions extends MemoryStoreOptions {
  readonly relay: RelayOptions;
  /** Called with each event of the store. Must not throw. */
  readonly onEvent?: (event: StoreEvent) => void;
}

/** A store in the memory of this process that also sees the changes of other processes. */
export interface RelayedMemoryStore extends CacheStore {
  /** Waits up to `timeoutMs` milliseconds for the first poll. Returns whether it succeeded. */
  waitUntilReady(timeoutMs: number): Promise<boolean>;
  /** Returns how far the store is behind the change log. */
  relayStatus(): RelayStatus;
}

/**
 * Creates a memory store that follows a change log. It is bypassed until the log was read once.
 * Values that other processes change are removed within `pollMs`, and values that this process
 * invalidates immediately.
 *
 * @example
 * ```ts
 * const store = createRelayedMemoryStore({
 *   maxBytes: 16 * 1024 * 1024,
 *   relay: { changeLog, longestLifeMs: 3_660_000, pollMs: 250 },
 *   onEvent: (event) => logger.info(event),
 * });
 * await store.waitUntilReady(1000);
 * const cache = createCache<Note>({ store, codec: noteCodec });
 * ```
 */
export function createRelayedMemoryStore(options: RelayedMemoryStoreOptions): RelayedMemoryStore {
  const { relay: relayOptions, onEvent = () => undefined, ...memoryOptions } = options;
  const memory = createMemoryStore(memoryOptions);
  const ownInvalidations = new OwnInvalidations();
  const target = createMemoryTarget(memory, ownInvalidations);
  const relay = new Relay({
    ...relayOptions,
    target,
    missingWatermark: 'clear',
    mayClearInUse: true,
    isInUse: () => true,
    onOutdated: () => {
      onEvent({ type: 'cleared', reason: 'behind-log', keys: target.reset() });
    },
    onEvent,
  });
  // A failure of the log is reported as an event, and the next poll reads the log again.
  const firstPoll = relay.catchUp().catch(() => undefined);
  const state = () => (relay.hasBeenUpToDate ? 'ready' : 'bypassed');

  const read = <T>(run: () => Promise<T>) =>
    relay.isTrusted() ? run() : Promise.reject(new StoreUnavailableError());

  return {
    ...memory,
    get: (key) => read(() => memory.get(key)),
    getMany: (keys) => read(() => memory.getMany(keys)),
    readOrLease: (...request) => read(() => memory.readOrLease(...request)),
    invalidate(key, version) {
      ownInvalidations.add(key, version);
      return memory.invalidate(key, version);
    },
    state,
    async waitUntilReady(timeoutMs) {
      await Promise.race([firstPoll, sleep(timeoutMs, undefined, { ref: false })]);
      return state() === 'ready';
    },
    relayStatus: () => relay.status(),
    close() {
      relay.stop();
      return memory.close();
    },
  };
}

interface MemoryTarget extends RelayTarget {
  /** Clears the store and its watermark. Returns the number of keys. */
  reset(): number;
}

function createMemoryTarget(memory: MemoryStore, ownInvalidations: OwnInvalidations): MemoryTarget {
  let watermark: string | undefined;
  return {
    // No other process can claim the memory of this one.
    claim: async () => ({ kind: 'held', isNew: true, watermark }),

    async apply({ expected, changes, next }) {
      if (watermark !== expected) {
        return false;
      }
      for (const { key, version } of changes) {
        if (!ownInvalidations.remove(key, version)) {
          void memory.invalidate(key, version);
        }
      }
      watermark = next;
      return true;
    },

    beginClearing: async (expected) => expected,

    async clear(expected) {
      if (watermark !== expected) {
        return undefined;
      }
      return { watermark, keys: memory.clear() };
    },

    reset() {
      watermark = undefined;
      return memory.clear();
    },
  };
}
