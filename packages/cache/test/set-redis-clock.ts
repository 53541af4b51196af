import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';
import { createKeyspace } from '../src/redis/keyspace.js';

const setClock = readFileSync(new URL('./set-redis-clock.lua', import.meta.url));

/**
 * Leaves a namespace as if Redis's clock had been set forward by so many milliseconds, or back by a
 * negative number. Redis compares its clock with stored times alone, so moving those is the same,
 * and needs no way to set a clock.
 */
export async function setRedisClock(
  operator: Redis,
  namespace: string,
  forwardMs: number,
): Promise<void> {
  const { allValues, allFences } = createKeyspace(namespace);
  await operator.eval(setClock, 0, forwardMs, allValues, allFences);
}
