import type { Change, Database } from './state.js';

/** The entry of this number, if it is kept. */
export function entryAt(seq: number, { log }: Database): Change | undefined {
  return log.find(({ row }) => row.version === seq);
}

/** Whether this number of this history is in the database's past, as far as its log can tell. */
export function isInPast(seq: number, history: number, database: Database): boolean {
  const entry = entryAt(seq, database);
  return seq <= database.head && (!entry || entry.row.history === history);
}
