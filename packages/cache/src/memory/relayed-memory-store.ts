import { setTimeout as sleep } from 'node:timers/promises';
import { Relay } from '../relay/relay.js';
import type { RelayOptions, RelayStatus } from '../relay/relay-options.js';
import type { RelayTarget } from '../relay/relay-target.js';
import type { CacheStore } from '../store/cache-store.js';
import type { StoreEvent } from '../store/store-event.js';
import { StoreUnavailableError } from '../store/store-unavailable-error.js';
import { createMemoryStore, type MemoryStore, type MemoryStoreOptions } from './memory-store.js';
import { ToldVersions } from './own-invalidations.js';

/** How a memory store is sized and kept up to date. */
export interface RelayedMemoryStoreOptions extends MemoryStoreOptions {
  readonly relay: RelayOptions;
  /** Called with what happens to the store; must not throw. */
  readonly onEvent?: (event: StoreEvent) => void;
}

/** A store in this process's memory that also sees what others change in the source. */
export interface RelayedMemoryStore extends CacheStore {
  /** Waits at most `timeoutMs` milliseconds for the first look at the log; answers whether it is ready. */
  waitUntilReady(timeoutMs: number): Promise<boolean>;
  /** How far it is behind the change log. */
  relayStatus(): RelayStatus;
}

/**
 * Makes a memory store that follows a change log. It is bypassed until the log could be read; what
 * other processes change is gone from it within `pollMs`, and what this one changes at once.
 */
export function createRelayedMemoryStore(options: RelayedMemoryStoreOptions): RelayedMemoryStore {
  const { relay: relayOptions, onEvent = () => undefined, ...memoryOptions } = options;
  const memory = createMemoryStore(memoryOptions);
  const told = new ToldVersions();
  const target = createMemoryTarget(memory, told);
  const relay = new Relay({
    ...relayOptions,
    target,
    missingWatermark: 'clear',
    mayClearInUse: true,
    isInUse: () => true,
    onOutdated: () => {
      onEvent({ type: 'cleared', reason: 'behind-log', keys: target.forget() });
    },
    onEvent,
  });
  // A log that cannot be read is reported as an event, and read again with the next poll.
  const firstLook = relay.catchUp().catch(() => undefined);
  const state = () => (relay.hasBeenUpToDate ? 'ready' : 'bypassed');

  const read = <T>(run: () => Promise<T>) =>
    relay.isTrusted() ? run() : Promise.reject(new StoreUnavailableError());

  return {
    ...memory,
    get: (key) => read(() => memory.get(key)),
    getMany: (keys) => read(() => memory.getMany(keys)),
    readOrLease: (...request) => read(() => memory.readOrLease(...request)),
    invalidate(key, version) {
      told.add(key, version);
      return memory.invalidate(key, version);
    },
    state,
    async waitUntilReady(timeoutMs) {
      await Promise.race([firstLook, sleep(timeoutMs, undefined, { ref: false })]);
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
  /** Begins anew, empty; answers how many keys there were. */
  forget(): number;
}

function createMemoryTarget(memory: MemoryStore, told: ToldVersions): MemoryTarget {
  let watermark: string | undefined;
  return {
    // Nobody else reaches into this process's memory.
    claim: async () => ({ kind: 'held', isNew: true, watermark }),

    async apply({ expected, changes, next }) {
      if (watermark !== expected) {
        return false;
      }
      for (const { key, version } of changes) {
        if (!told.remove(key, version)) {
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

    forget() {
      watermark = undefined;
      return memory.clear();
    },
  };
}
