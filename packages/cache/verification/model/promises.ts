import type { Protocol } from './protocol.js';
import type { Row, State } from './state.js';
import { planFor } from './watermark.js';

/** Says which promise this state breaks, if any. */
export function brokenPromise(state: State, protocol: Protocol): string | undefined {
  if (!keepsCacheCurrentAtRest(state, protocol)) {
    return 'at rest the cache is empty or current';
  }
  if (!keepsHitsFresh(state)) {
    return 'no hit is older than an acknowledged invalidation';
  }
  return undefined;
}

/**
 * The first promise: at rest, when nothing is in flight and the relay has caught up, the cache is
 * empty or current for every key.
 */
export function keepsCacheCurrentAtRest(state: State, protocol: Protocol): boolean {
  return !isAtRest(state, protocol) || isEmptyOrCurrent(state);
}

/**
 * The second promise: no hit is older than an invalidation that was acknowledged before the hit
 * began, except from a failover until the relay's next tick.
 *
 * A hit is one GET, so hits need no steps of their own: what is acknowledged when a hit begins is
 * acknowledged when its GET runs, and a state whose value is too old is one in which a hit that
 * begins right now would break the promise. The exception is `forgetAcknowledged`.
 */
export function keepsHitsFresh({ redis, acknowledged }: State): boolean {
  return redis.values.every((value, key) => !value || value.version >= (acknowledged[key] ?? 0));
}

/** Whether nothing is in flight, and a relay that looked now would find nothing to do. */
export function isAtRest({ readers, inline, relays, redis, database }: State, protocol: Protocol) {
  return (
    inline.length === 0 &&
    readers.every((reader) => reader === undefined) &&
    relays.every(({ kind }) => kind === 'idle') &&
    planFor(redis.watermark, database, protocol).kind === 'nothing'
  );
}

function isEmptyOrCurrent({ redis, database }: State): boolean {
  return redis.values.every((value, key) => !value || isSameRow(value, database.rows[key]));
}

function isSameRow(one: Row, other: Row | undefined): boolean {
  return (
    one.version === other?.version && one.history === other.history && one.exists === other.exists
  );
}
