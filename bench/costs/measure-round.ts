import type { CostCache } from './cost-cache.js';

/** The operations that are compared. */
export const operations = ['hit', 'miss', 'invalidate'] as const;

/** One of the operations. */
export type Operation = (typeof operations)[number];

/** How many operations are under way at once: one after the other, and as many as a busy process has. */
export const concurrencies = [1, 32] as const;

/** How many operations are under way at once. */
export type Concurrency = (typeof concurrencies)[number];

/** Operations of one round. */
const operationsPerRound = { 1: 1000, 32: 4000 };

/** What is read again and again: so many keys, which stay the same in all rounds. */
const hotKeys = 1000;

/** One round of measuring. */
export interface Round {
  readonly operation: Operation;
  readonly concurrency: Concurrency;
  /** Makes the keys of misses and invalidations the round's own, so that no round finds what another left. */
  readonly name: string;
}

/** Runs one round and answers the microseconds that each operation took on average. */
export async function measureRound(
  cache: CostCache,
  { operation, concurrency, name }: Round,
): Promise<number> {
  const length = operationsPerRound[concurrency];
  const keys = Array.from({ length }, (_, n) =>
    operation === 'hit' ? `hot:${n % hotKeys}` : `${operation}:${name}:${n}`,
  );
  if (operation !== 'miss') {
    await inParallel(keys, concurrency, (key) => cache.miss(key));
  }
  const startedAt = performance.now();
  await inParallel(keys, concurrency, (key) => perform(cache, operation, key));
  return ((performance.now() - startedAt) * 1000) / length;
}

function perform(cache: CostCache, operation: Operation, key: string): Promise<unknown> {
  return operation === 'invalidate' ? cache.invalidate(key, 2) : cache[operation](key);
}

async function inParallel(
  keys: readonly string[],
  concurrency: number,
  work: (key: string) => Promise<unknown>,
): Promise<void> {
  const queue = keys.values();
  const worker = async () => {
    for (const key of queue) {
      await work(key);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}
