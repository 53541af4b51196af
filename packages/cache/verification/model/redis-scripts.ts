import type { Protocol } from './protocol.js';
import {
  type Change,
  type Fence,
  type Key,
  noFence,
  type Reader,
  type Redis,
  type Row,
} from './state.js';

/** READ-OR-LEASE where it leases; an older lease may always have ended. */
export function lease(redis: Redis, key: Key, token: number): Redis {
  return withFence(redis, key, { ...fenceOf(redis, key), token });
}

/** FILL: stores what was loaded if the checks allow it, and ends the lease. */
export function fill(redis: Redis, reader: Reader, row: Row, protocol: Protocol): Redis {
  const fence = fenceOf(redis, reader.key);
  const holds = fence.token === reader.token;
  // That there is nothing is stored with an endless version, as what is not there has none.
  const fresh = !row.exists || row.version >= fence.floor;
  const stored = withValue(redis, reader.key, row);
  const ended = (rest: Redis) => withFence(rest, reader.key, { ...fence, token: undefined });
  switch (protocol.fillChecks) {
    case 'nothing':
      return stored;
    case 'floor':
      return fresh ? stored : redis;
    case 'token':
      return holds ? ended(stored) : redis;
    case 'token-and-floor':
      return holds ? ended(fresh ? stored : redis) : redis;
  }
}

/** INVALIDATE: deletes the value, raises the floor, drops the token. */
export function invalidate(redis: Redis, { key, row }: Change): Redis {
  const floor = Math.max(fenceOf(redis, key).floor, row.version);
  return withFence(withValue(redis, key, undefined), key, { token: undefined, floor });
}

/** What APPLY does for one change: a floor this high shows that an INVALIDATE has done it. */
export function invalidateUnlessCovered(redis: Redis, change: Change): Redis {
  const isCovered = fenceOf(redis, change.key).floor >= change.row.version;
  return isCovered ? redis : invalidate(redis, change);
}

/** Redis with this value in the key's place, or none. */
export function withValue(redis: Redis, key: Key, value: Row | undefined): Redis {
  return { ...redis, values: redis.values.with(key, value) };
}

/** Redis without the key's fence. */
export function dropFence(redis: Redis, key: Key): Redis {
  return withFence(redis, key, noFence);
}

function withFence(redis: Redis, key: Key, fence: Fence): Redis {
  return { ...redis, fences: redis.fences.with(key, fence) };
}

function fenceOf(redis: Redis, key: Key): Fence {
  return redis.fences[key] ?? noFence;
}
