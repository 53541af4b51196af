import { acknowledgeChange } from './acknowledgement.js';
import type { Configuration } from './configuration.js';
import type { Protocol } from './protocol.js';
import { invalidate, withValue } from './redis-scripts.js';
import type { Step } from './search.js';
import type { Change, Database, Key, Redis, State } from './state.js';
import { watermarkAt } from './watermark.js';
import { versionName } from './wording.js';

/** What the writers may do next, and what of theirs may arrive at Redis. */
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

/** A message that gets lost later does what one does that gets lost at once: nothing. */
function commit(state: State, key: Key, exists: boolean): Step<State>[] {
  const { database, change } = write(state.database, key, exists);
  const committed = { ...state, database, writesLeft: state.writesLeft - 1 };
  const action = `${versionName(key, change.row)} is committed`;
  return [
    { action, state: { ...committed, inline: [...state.inline, change] } },
    { action: `${action}, and its INVALIDATE gets lost`, state: committed },
  ];
}

function write(database: Database, key: Key, exists: boolean) {
  const head = database.head + 1;
  const row = { version: head, history: database.history, exists };
  const change = { key, row };
  const rows = database.rows.with(key, row);
  return { change, database: { ...database, rows, head, log: [...database.log, change] } };
}

/** Acknowledging on arrival is the strictest case: an answer that is late or lost promises less. */
function arrivals(state: State, { bounds, protocol }: Configuration): Step<State>[] {
  return state.inline.flatMap((change) => {
    const arrived = acknowledgeChange(
      { ...state, redis: deliver(change, state, protocol) },
      change,
    );
    const name = `INVALIDATE for ${versionName(change.key, change.row)} arrives`;
    const last = { action: name, state: { ...arrived, inline: without(state.inline, change) } };
    return bounds.repeats
      ? [last, { action: `${name}, not for the last time`, state: arrived }]
      : [last];
  });
}

function deliver(change: Change, state: State, protocol: Protocol): Redis {
  let redis = invalidate(state.redis, change);
  if (protocol.afterCommit === 'invalidate-then-set' && change.row.exists) {
    redis = withValue(redis, change.key, change.row);
  }
  const { watermark } = redis;
  const behind = watermark?.kind !== 'applied' || watermark.seq < change.row.version;
  return protocol.watermarkMovedBy === 'apply-and-inline' && behind
    ? { ...redis, watermark: watermarkAt(change.row.version, state.database, protocol) }
    : redis;
}

function without(inline: readonly Change[], change: Change): readonly Change[] {
  return inline.filter((other) => other !== change);
}
