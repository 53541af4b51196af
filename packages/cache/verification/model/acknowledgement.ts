import { isInPast } from './history.js';
import type { Protocol } from './protocol.js';
import type { Change, State, Watermark } from './state.js';
import { planFor } from './watermark.js';

/** The sender of this change's INVALIDATE got its answer; in a restored database it was no change. */
export function acknowledgeChange(state: State, { key, row }: Change): State {
  const isKnown = (state.acknowledged[key] ?? 0) >= row.version;
  return isKnown || !isInPast(row.version, row.history, state.database)
    ? state
    : { ...state, acknowledged: state.acknowledged.with(key, row.version) };
}

/** A relay learned that the log is applied up to this watermark, if it is one of this history. */
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

/** Redis or the database went back in time: there is no promise until a relay has caught up. */
export function forgetAcknowledged(state: State): State {
  return { ...state, acknowledged: state.acknowledged.map(() => 0) };
}
