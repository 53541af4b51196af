import type { CostCache } from './cost-cache.js';

/** The operations that are compared. */
export const operations = ['hit', 'miss', 'invalidate'] as const;

/** One of the operations. */
export type Operation = (typeof operations)[number];

/** How many operations are in flight: one, or as many as in a busy process. */
export const concurrencies = [1, 32] as const;

/** One of the numbers of operations in flight. */
export type Concurrency = (typeof concurrencies)[number];

/** Operations of one round. */
const operationsPerRound = { 1: 1000, 32: 4000 };

/** The number of keys that all rounds of hits read. */
const HOT_KEYS = 1000;

/** A round to measure. */
export interface Round {
  readonly operation: Operation;
  readonly concurrency: Concurrency;
  /** A part of the keys of misses and invalidations, so that no round meets keys of another. */
  readonly name: string;
}

/** Runs one round and returns the average microseconds per operation. */
export async function measureRound(
  cache: CostCache,
  { operation, concurrency, name }: Round,
): Promise<number> {
  const length = operationsPerRound[concurrency];
  const keys = Array.from({ length }, (_, n) =>
    operation === 'hit' ? `hot:${n % HOT_KEYS}` : `${operation}:${name}:${n}`,
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
