import type { SeededRandom } from '@product-api/testing';
import { type Cache, type CacheStore, type Codec, createCache } from '../../src/index.js';
import type { StepScheduler } from './step-scheduler.js';
import { steppedStore } from './stepped-requests.js';

const ENTRY_TTL_SECONDS = 3600;

/** Encodes values that are their own version, as decimal digits. */
export const versionCodec: Codec<number> = {
  encode: String,
  decode: (text) => (/^\d+$/.test(text) ? Number(text) : undefined),
};

/** Options for the cache of one process. */
export interface ProcessCacheOptions {
  /** The name of the process in the list of steps. */
  readonly name: string;
  readonly store: CacheStore;
  readonly scheduler: StepScheduler;
  readonly random: SeededRandom;
  /** The probability that a reader's command times out before its reply arrives. */
  readonly timeoutProbability: number;
}

/** Creates the real cache of one process, whose commands to Redis are steps. */
export function createProcessCache(options: ProcessCacheOptions): Cache<number> {
  const { name, scheduler, random, timeoutProbability } = options;
  const label = (command: string, key: string) => `${name}: ${command} (${keyName(key)})`;
  return createCache({
    store: steppedStore(options.store, {
      send: (command, key, run) =>
        random.chance(timeoutProbability)
          ? scheduler.timedOutRequest(label(command, key), run)
          : scheduler.request(label(command, key), run),
      sendReliably: (command, key, run) => scheduler.request(label(command, key), run),
    }),
    codec: versionCodec,
    random: random.next,
    // With these values chance alone decides which hit refreshes an entry of this process early.
    now: () => 0,
    ttlSeconds: ENTRY_TTL_SECONDS,
    ttlJitter: 0,
    refreshLeadMs: ENTRY_TTL_SECONDS * 1000,
    audit: { every: 0 },
    // Leases end only by a fault, and a reader that finds one taken does not wait for a timer.
    leaseMs: 600_000,
    leaseWaitMs: 0,
  });
}

/** Returns the name of a key in the list of steps, without the prefix that makes keys fresh. */
function keyName(key: string): string {
  return key.slice(key.indexOf(':') + 1);
}
