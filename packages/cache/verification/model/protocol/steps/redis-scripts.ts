import type { Protocol } from '../configuration.js';
import { noFence } from '../initial-state.js';
import type { Change, Fence, Key, Reader, Redis, Row } from '../state.js';

/** READ-OR-LEASE after a miss. It always gets the lease, because any older lease may have ended. */
export function lease(redis: Redis, key: Key, token: number): Redis {
  return withFence(redis, key, { ...fenceOf(redis, key), token });
}

/** FILL: stores a loaded row if the checks pass, and ends the lease. */
export function fill(redis: Redis, reader: Reader, row: Row, protocol: Protocol): Redis {
  const fence = fenceOf(redis, reader.key);
  const hasLease = fence.token === reader.token;
  // An absent row has no version, so the cache stores it with an infinite one.
  const isFresh = !row.exists || row.version >= fence.floor;
  const stored = withValue(redis, reader.key, row);
  const ended = (rest: Redis) => withFence(rest, reader.key, { ...fence, token: undefined });
  switch (protocol.fillChecks) {
    case 'nothing':
      return stored;
    case 'floor':
      return isFresh ? stored : redis;
    case 'token':
      return hasLease ? ended(stored) : redis;
    case 'token-and-floor':
      return hasLease ? ended(isFresh ? stored : redis) : redis;
  }
}

/** INVALIDATE: deletes the value, raises the floor, and removes the token. */
export function invalidate(redis: Redis, { key, row }: Change): Redis {
  const floor = Math.max(fenceOf(redis, key).floor, row.version);
  return withFence(withValue(redis, key, undefined), key, { token: undefined, floor });
}

/** One change of an APPLY: skips it if the floor shows that an INVALIDATE has applied it. */
export function invalidateUnlessApplied(redis: Redis, change: Change): Redis {
  const isApplied = fenceOf(redis, change.key).floor >= change.row.version;
  return isApplied ? redis : invalidate(redis, change);
}

/** Returns Redis with another value, or none, under a key. */
export function withValue(redis: Redis, key: Key, value: Row | undefined): Redis {
  return { ...redis, values: redis.values.with(key, value) };
}

/** Returns Redis without the fence of a key. */
export function withoutFence(redis: Redis, key: Key): Redis {
  return withFence(redis, key, noFence);
}

function withFence(redis: Redis, key: Key, fence: Fence): Redis {
  return { ...redis, fences: redis.fences.with(key, fence) };
}

function fenceOf(redis: Redis, key: Key): Fence {
  return redis.fences[key] ?? noFence;
}
