import { failureText, sqlState } from './postgresql-failure.js';

/** By SQLSTATE, what the operator can do. */
const remedyByState: Readonly<Record<string, string>> = {
  '53300':
    'raise max_connections of the server or the limit of the role, or lower DATABASE_POOL or the number of processes',
  '57014':
    'end the session that holds a lock (pg_stat_activity, pg_blocking_pids), or find out what makes statements slow',
};

/** The pool's, for an error without a SQLSTATE. */
const NO_FREE_CONNECTION =
  'raise DATABASE_POOL, or find out what makes statements slow (pg_stat_activity)';

/**
 * Returns why a statement failed as `busy`, and what the operator can do.
 *
 * @param place the words for the server
 */
export function busyReason(place: string, error: unknown): string {
  const state = sqlState(error);
  const remedy = state === undefined ? NO_FREE_CONNECTION : remedyByState[state];
  const reason = `${place} is busy (${failureText(error)})`;
  return remedy === undefined ? reason : `${reason}: ${remedy}`;
}
