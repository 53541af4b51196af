import type { ChangeLog } from '@product-api/cache';
import type { Database, ProductChange } from '@product-api/database';

/** How much of the change log is kept for a cache. */
export interface Retention {
  /** Minimum age in milliseconds of the changes that are pruned, unless there are too many. */
  readonly keepMs: number;
  /** Maximum number of changes kept. */
  readonly keepAtMost: number;
}

/** Adapts the change log of the database to the interface of the cache. */
export function productChangeLog(
  log: Database['changeLog'],
  { keepMs, keepAtMost }: Retention,
): ChangeLog {
  return {
    async head() {
      const { databaseId, seq, changedAt } = await log.head();
      return { databaseId, seq, mark: markOf(changedAt) };
    },

    start: () => log.start(),

    async read(after, limit) {
      return (await log.read(after, limit)).map(toChange);
    },

    async prune(before) {
      const options = { before, olderThanMs: keepMs, keepAtMost };
      while (await log.prune(options)) {}
    },
  };
}

function toChange({ seq, productId, version, changedAt }: ProductChange) {
  return { seq, key: productId, version, mark: markOf(changedAt) };
}

function markOf(changedAt: Date | undefined): string | undefined {
  return changedAt?.toISOString();
}
