import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';
import { createKeyspace } from '../src/redis/keyspace.js';

const setClock = readFileSync(new URL('./set-redis-clock.lua', import.meta.url));

/**
 * Changes a namespace as if the clock of Redis had been set forward by `forwardMs` milliseconds, or
 * back if the number is negative. Redis only compares its clock with stored times, so moving the
 * stored times has the same effect.
 */
export async function setRedisClock(
  operator: Redis,
  namespace: string,
  forwardMs: number,
): Promise<void> {
  const { allValues, allFences } = createKeyspace(namespace);
  await operator.eval(setClock, 0, forwardMs, allValues, allFences);
}
