import type { Protocol } from './configuration.js';
import type { Change, Row, State, Watermark } from './state.js';
import { isInPast, planFor } from './watermark.js';

/** Returns the promise that a state breaks, if it breaks one. */
export function findViolation(state: State, protocol: Protocol): string | undefined {
  if (isAtRest(state, protocol) && !isCacheEmptyOrCurrent(state)) {
    return 'at rest the cache is empty or current';
  }
  if (!areHitsFresh(state)) {
    return 'no hit is older than an acknowledged invalidation';
  }
  return undefined;
}

/** Returns whether nothing is in flight and a poll of any relay would find nothing to do. */
export function isAtRest(state: State, protocol: Protocol): boolean {
  const { readers, invalidations, relays, redis, database } = state;
  return (
    invalidations.length === 0 &&
    readers.every((reader) => reader === undefined) &&
    relays.every(({ kind }) => kind === 'idle') &&
    planFor(redis.watermark, database, protocol).kind === 'nothing'
  );
}

function isCacheEmptyOrCurrent({ redis, database }: State): boolean {
  return redis.values.every((value, key) => !value || isSameRow(value, database.rows[key]));
}

function isSameRow(one: Row, other: Row | undefined): boolean {
  return (
    one.version === other?.version && one.timeline === other.timeline && one.exists === other.exists
  );
}

/**
 * Returns whether a hit that begins now would keep the promise.
 *
 * A hit is one GET: everything that is acknowledged when the hit begins is also acknowledged when
 * its GET runs. Hits therefore need no steps, and a value older than its acknowledged version is a
 * violation. After a failover the promise does not hold until a relay has polled: see
 * `forgetAcknowledged`.
 */
function areHitsFresh({ redis, acknowledged }: State): boolean {
  return redis.values.every((value, key) => !value || value.version >= (acknowledged[key] ?? 0));
}

/**
 * Records that the INVALIDATE of a change was acknowledged to its sender. In a restored database
 * that change never happened, so nothing is recorded.
 */
export function acknowledgeChange(state: State, { key, row }: Change): State {
  const isKnown = (state.acknowledged[key] ?? 0) >= row.version;
  return isKnown || !isInPast(row.version, row.timeline, state.database)
    ? state
    : { ...state, acknowledged: state.acknowledged.with(key, row.version) };
}

/** Records that a relay read or set a watermark of this timeline: the log is applied up to it. */
export function acknowledgeWatermark(
  state: State,
  watermark: Watermark | undefined,
  protocol: Protocol,
): State {
  const { database } = state;
  if (watermark?.kind !== 'applied' || planFor(watermark, database, protocol).kind === 'clear') {
    return state;
  }
  const latest = database.rows.map((row, key) => ({ key, row }));
  return [...database.log, ...latest]
    .filter(({ row }) => row.version <= watermark.seq)
    .reduce(acknowledgeChange, state);
}

/** Forgets every acknowledgement, after Redis or the database returned to an older state. */
export function forgetAcknowledged(state: State): State {
  return { ...state, acknowledged: state.acknowledged.map(() => 0) };
}
