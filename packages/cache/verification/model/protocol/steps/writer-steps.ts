import { type Step, step } from '../../search/search.js';
import type { Configuration, Protocol } from '../configuration.js';
import { describeVersion } from '../descriptions.js';
import { acknowledgeChange } from '../promises.js';
import type { Change, Database, Key, Redis, State } from '../state.js';
import { watermarkAt } from '../watermark.js';
import { invalidate, withValue } from './redis-scripts.js';

/** Returns the possible next commits, and the possible arrivals of the writers' INVALIDATEs. */
export function writerSteps(state: State, configuration: Configuration): Step<State>[] {
  return [...commits(state, configuration), ...arrivals(state, configuration)];
}

function commits(state: State, { bounds }: Configuration): Step<State>[] {
  if (state.writesLeft === 0) {
    return [];
  }
  return state.database.rows.flatMap((row, key) => [
    ...(row.exists || bounds.absences ? commit(state, key, true) : []),
    ...(row.exists && bounds.absences ? commit(state, key, false) : []),
  ]);
}

/** An INVALIDATE may be lost at once: one that is lost later has the same effect, none. */
function commit(state: State, key: Key, exists: boolean): Step<State>[] {
  const { database, change } = write(state.database, key, exists);
  const committed = { ...state, database, writesLeft: state.writesLeft - 1 };
  const action = `${describeVersion(key, change.row)} is committed`;
  return [
    step(action, { ...committed, invalidations: [...state.invalidations, change] }),
    step(`${action}, and its INVALIDATE is lost`, committed),
  ];
}

function write(database: Database, key: Key, exists: boolean) {
  const head = database.head + 1;
  const row = { version: head, timeline: database.timeline, exists };
  const change = { key, row };
  const rows = database.rows.with(key, row);
  return { change, database: { ...database, rows, head, log: [...database.log, change] } };
}

/** Acknowledges on arrival, the strictest case: a later or lost acknowledgement promises less. */
function arrivals(state: State, { bounds, protocol }: Configuration): Step<State>[] {
  return state.invalidations.flatMap((change) => {
    const redis = deliver(change, state, protocol);
    const arrived = acknowledgeChange({ ...state, redis }, change);
    const invalidations = state.invalidations.filter((other) => other !== change);
    const action = `INVALIDATE for ${describeVersion(change.key, change.row)} arrives`;
    const last = step(action, { ...arrived, invalidations });
    return bounds.repeats ? [last, step(`${action}, and will arrive again`, arrived)] : [last];
  });
}

function deliver(change: Change, state: State, protocol: Protocol): Redis {
  let redis = invalidate(state.redis, change);
  if (protocol.afterCommit === 'invalidate-then-set' && change.row.exists) {
    redis = withValue(redis, change.key, change.row);
  }
  const { watermark } = redis;
  const isBehind = watermark?.kind !== 'applied' || watermark.seq < change.row.version;
  return protocol.watermarkMovedBy === 'apply-and-invalidate' && isBehind
    ? { ...redis, watermark: watermarkAt(change.row.version, state.database, protocol) }
    : redis;
}
