import type { ChangeLog } from './change-log.js';
import { ChangeLogError } from './relay-errors.js';

/** A log whose failures can be told from those of the store: each rejects with a `ChangeLogError`. */
export function checkedLog(log: ChangeLog): ChangeLog {
  return {
    head: () => checked(() => log.head()),
    start: () => checked(() => log.start()),
    read: (after, limit) => checked(() => log.read(after, limit)),
    prune: (before) => checked(() => log.prune(before)),
  };
}

async function checked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    throw new ChangeLogError(cause);
  }
}
