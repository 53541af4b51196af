import { forgetAcknowledged } from './acknowledgement.js';
import type { Configuration } from './configuration.js';
import { isAtRest } from './promises.js';
import type { Step } from './search.js';
import { type Change, type Database, type Row, type State, unwritten } from './state.js';

/** What the database may lose next: the start of its log, or its latest past. */
export function databaseFaultSteps(state: State, configuration: Configuration): Step<State>[] {
  return [
    ...prunings(state, configuration),
    ...(state.restoresLeft > 0 ? restores(state, configuration) : []),
  ];
}

/** The oldest entry goes once every older value has expired and every older load has ended. */
function prunings(state: State, { bounds: { pruning } }: Configuration): Step<State>[] {
  const [oldest, ...log] = state.database.log;
  if (!oldest || pruning === 'never' || (pruning === 'of-expired' && isNeeded(oldest, state))) {
    return [];
  }
  const pruned = { ...state, database: { ...state.database, log } };
  return [{ action: `entry ${oldest.row.version} of the log is pruned`, state: pruned }];
}

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
  const newId = bounds.restore === 'with-new-id';
  const id = newId ? database.id + 1 : database.id;
  const backups = database.log.map((_, head) =>
    replace(state, `a backup from version ${head} is restored`, { ...backup(database, head), id }),
  );
  const other = replace(state, 'an unrelated database takes over', unrelated(database));
  return newId ? [...backups, other] : backups;
}

/** Readers, relays and messages of before may live on. */
function replace(state: State, action: string, database: Database): Step<State> {
  const replaced = { ...state, database, restoresLeft: 0 };
  return { action, state: forgetAcknowledged(replaced) };
}

/** The database as it was when its log ended here, about to write another history. */
function backup(database: Database, head: number): Database {
  const log = database.log.slice(0, head);
  const lastWritten = (key: number) => log.findLast((change) => change.key === key)?.row;
  const rows = database.rows.map((_, key) => lastWritten(key) ?? unwritten);
  return { ...database, history: database.history + 1, rows, log, head };
}

function unrelated({ id, history, rows }: Database): Database {
  const row = { ...unwritten, history: history + 1 };
  return { id: id + 1, history: history + 1, rows: rows.map(() => row), log: [], head: 0 };
}
