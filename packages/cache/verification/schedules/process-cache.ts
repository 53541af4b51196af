import type { SeededRandom } from '@product-api/testing';
import { type Cache, type CacheStore, createCache } from '../../src/index.js';
import type { StepScheduler } from './step-scheduler.js';
import { steppedStore } from './stepped-store.js';
import { versionCodec } from './version-codec.js';

const entryTtlSeconds = 3600;

/** What a process's cache is made of. */
export interface ProcessCacheOptions {
  /** The process's name in the trace. */
  readonly name: string;
  readonly store: CacheStore;
  readonly steps: StepScheduler;
  readonly random: SeededRandom;
  /** The probability that a reader's command is given up before its answer. */
  readonly timeouts: number;
}

/** Makes the real cache of one process, whose commands to Redis are steps. */
export function createProcessCache(options: ProcessCacheOptions): Cache<number> {
  const { name, steps, random, timeouts } = options;
  const label = (command: string, key: string) => `${name}: ${command} (${keyName(key)})`;
  return createCache({
    store: steppedStore(options.store, {
      send: (command, key, run) =>
        random.chance(timeouts)
          ? steps.timedOutRequest(label(command, key), run)
          : steps.request(label(command, key), run),
      sendReliably: (command, key, run) => steps.request(label(command, key), run),
    }),
    codec: versionCodec,
    random: random.next,
    // Every entry that this process has filled may be refreshed early, at any hit, by chance alone.
    now: () => 0,
    ttlSeconds: entryTtlSeconds,
    ttlJitter: 0,
    refreshLeadMs: entryTtlSeconds * 1000,
    audit: { every: 0 },
    // Leases end only where a fault says so, and who finds one taken does not wait for a clock.
    leaseMs: 600_000,
    leaseWaitMs: 0,
  });
}

/** The name of a key in the trace, without the prefix that keeps schedules apart. */
function keyName(key: string): string {
  return key.slice(key.indexOf(':') + 1);
}
