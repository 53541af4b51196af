import { type Step, step } from '../../search/search.js';
import type { Bounds, Configuration } from '../configuration.js';
import { keyName } from '../descriptions.js';
import { emptyRedis, unwrittenRow } from '../initial-state.js';
import { forgetAcknowledged, isAtRest } from '../promises.js';
import {
  type Change,
  type Database,
  type Redis,
  type Row,
  relayLog,
  type State,
} from '../state.js';
import { withoutFence, withValue } from './redis-scripts.js';

/** Returns the possible next faults of Redis and of the database. */
export function faultSteps(state: State, configuration: Configuration): Step<State>[] {
  const { bounds } = configuration;
  return [
    ...(bounds.losses === 'nothing' ? [] : lossesOfKeys(state)),
    ...(bounds.losses === 'watermark-too' ? lossesOfWatermark(state) : []),
    ...failovers(state, bounds),
    ...prunings(state, bounds),
    ...deletions(state, configuration),
    ...(state.restoresLeft > 0 ? restores(state, configuration) : []),
  ];
}

function lossesOfKeys(state: State): Step<State>[] {
  const { redis } = state;
  const values = redis.values.flatMap((value, key) =>
    value ? [lose(state, `the value of ${keyName(key)}`, withValue(redis, key, undefined))] : [],
  );
  const fences = redis.fences.flatMap(({ token, floor }, key) =>
    token === undefined && floor === 0
      ? []
      : [lose(state, `the fence of ${keyName(key)}`, withoutFence(redis, key))],
  );
  return [...values, ...fences];
}

function lossesOfWatermark(state: State): Step<State>[] {
  const { redis } = state;
  return redis.watermark
    ? [
        lose(state, 'the watermark', { ...redis, watermark: undefined }),
        lose(state, 'all of Redis', emptyRedis(redis.values.length)),
      ]
    : [];
}

function lose(state: State, what: string, redis: Redis): Step<State> {
  return step(`${what} is lost`, { ...state, redis });
}

/** A copy is taken at any moment, and Redis returns to it at any later moment. */
function failovers(state: State, { failoverEndsClearing }: Bounds): Step<State>[] {
  if (state.failoversLeft === 0) {
    return [];
  }
  const taken = step('a copy of Redis is taken', { ...state, copy: state.redis });
  if (!state.copy) {
    return [taken];
  }
  const failoversLeft = state.failoversLeft - 1;
  const relays = state.relays.map((relay) =>
    failoverEndsClearing && relay.kind === 'clearing' ? { kind: 'idle' as const } : relay,
  );
  const copy = failoversLeft > 0 ? state.copy : undefined;
  const failedOver = { ...state, redis: state.copy, copy, relays, failoversLeft };
  return [taken, step('Redis returns to the copy', forgetAcknowledged(failedOver))];
}

function prunings(state: State, { pruning }: Bounds): Step<State>[] {
  const [oldest] = relayLog(state.database);
  if (!oldest || pruning === 'never' || (pruning === 'of-expired' && isNeeded(oldest, state))) {
    return [];
  }
  const database = { ...state.database, relayStart: oldest.row.version + 1 };
  return [step(`entry ${oldest.row.version} of the log is pruned`, { ...state, database })];
}

/** The other reader's retention deletes the oldest entry, which it needs no longer. */
function deletions(state: State, { bounds, protocol }: Configuration): Step<State>[] {
  const [oldest, ...log] = state.database.log;
  if (!bounds.deletions || !oldest) {
    return [];
  }
  if (
    protocol.deletion === 'before-relay-start' &&
    oldest.row.version >= state.database.relayStart
  ) {
    return [];
  }
  const database = { ...state.database, log };
  return [step(`entry ${oldest.row.version} of the log is deleted`, { ...state, database })];
}

/** Returns whether an older value has not expired yet, or a reader that loaded one is in flight. */
function isNeeded({ key, row }: Change, { redis, copy, readers }: State): boolean {
  const isOlder = (other: Row | undefined) => other !== undefined && other.version < row.version;
  return (
    isOlder(redis.values[key]) ||
    isOlder(copy?.values[key]) ||
    readers.some((reader) => reader?.key === key && isOlder(reader.loaded))
  );
}

function restores(state: State, { bounds, protocol }: Configuration): Step<State>[] {
  const { database } = state;
  if (bounds.restore === 'same-id-at-rest' && !isAtRest(state, protocol)) {
    return [];
  }
  const getsNewId = bounds.restore === 'with-new-id';
  const id = getsNewId ? database.id + 1 : database.id;
  const backups = database.log.map((_, head) =>
    replace(state, `a backup from version ${head} is restored`, { ...backup(database, head), id }),
  );
  const other = replace(state, 'an unrelated database takes over', unrelated(database));
  return getsNewId ? [...backups, other] : backups;
}

/** Readers, relays and commands from before the restore may still be in flight. */
function replace(state: State, action: string, database: Database): Step<State> {
  return step(action, forgetAcknowledged({ ...state, database, restoresLeft: 0 }));
}

/** Returns the database as it was when its log ended at `head`, on a new timeline. */
function backup(database: Database, head: number): Database {
  const log = database.log.slice(0, head);
  const lastWritten = (key: number) => log.findLast((change) => change.key === key)?.row;
  const rows = database.rows.map((_, key) => lastWritten(key) ?? unwrittenRow);
  return { ...database, timeline: database.timeline + 1, rows, log, head };
}

function unrelated({ id, timeline, rows }: Database): Database {
  const row = { ...unwrittenRow, timeline: timeline + 1 };
  const rewritten = rows.map(() => row);
  return { id: id + 1, timeline: timeline + 1, rows: rewritten, log: [], relayStart: 1, head: 0 };
}
