import type { ChangeLog } from '@product-api/cache';
import type { Database, ProductChange } from '@product-api/database';

/** How much of the log is kept. */
export interface Retention {
  /** What is younger than these milliseconds is kept, unless there is too much of it. */
  readonly keepMs: number;
  /** How many changes are kept at most. */
  readonly keepAtMost: number;
}

/** The database's log of changes, in the words of the cache. */
export function productChangeLog(
  log: Database['changeLog'],
  { keepMs, keepAtMost }: Retention,
): ChangeLog {
  return {
    async head() {
      const [databaseId, { seq, changedAt }] = await Promise.all([log.databaseId(), log.head()]);
      return { databaseId, seq, mark: markOf(changedAt) };
    },

    start: () => log.start(),

    async read(after, limit) {
      return (await log.read(after, limit)).map(toChange);
    },

    async prune(before) {
      const options = { before, olderThanMs: keepMs, keepAtMost };
      while ((await log.prune(options)) > 0) {}
    },
  };
}

function toChange({ seq, productId, version, changedAt }: ProductChange) {
  return { seq, key: productId, version, mark: markOf(changedAt) };
}

function markOf(changedAt: Date | undefined): string | undefined {
  return changedAt?.toISOString();
}
