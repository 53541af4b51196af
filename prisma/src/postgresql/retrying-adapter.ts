import { setTimeout as sleep } from 'node:timers/promises';
import type {
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
} from '@prisma/driver-adapter-utils';
import { asAdapterError } from './connection-error.js';
import { isConflict, isTimeout, postgresqlFailure } from './postgresql-failure.js';
import type { ServerCondition } from './server-condition.js';

/** Retries of a statement that conflicted with another transaction. */
const CONFLICT_RETRIES = 3;

/** Retries of a read whose connection was lost; the pool may have more lost connections. */
const LOST_READ_RETRIES = 2;

const FIRST_DELAY_MS = 10;

/**
 * Wraps a driver adapter so that single statements are retried where that is safe, and their
 * outcomes are recorded.
 *
 * - After a deadlock or a serialization failure, which rolled the statement back.
 * - A read whose connection was lost. A write is never sent again: it may have been committed.
 *   Neither is a read that has waited for its time limit: its client has waited long enough.
 */
export function retryingAdapter(
  factory: SqlDriverAdapterFactory,
  condition: ServerCondition,
): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => retryingConnection(await factory.connect(), condition),
  };
}

function retryingConnection(
  connection: SqlDriverAdapter,
  condition: ServerCondition,
): SqlDriverAdapter {
  const queryRaw = connection.queryRaw.bind(connection);
  const executeRaw = connection.executeRaw.bind(connection);
  const startTransaction = connection.startTransaction.bind(connection);
  return Object.assign(connection, {
    queryRaw: (query: SqlQuery) => runWithRetries(query, () => queryRaw(query), condition),
    executeRaw: (query: SqlQuery) => runWithRetries(query, () => executeRaw(query), condition),
    startTransaction: async (level?: Parameters<typeof startTransaction>[0]) => {
      try {
        return await startTransaction(level);
      } catch (error) {
        throw asAdapterError(error);
      }
    },
  });
}

async function runWithRetries<T>(
  { sql }: SqlQuery,
  attempt: () => Promise<T>,
  condition: ServerCondition,
): Promise<T> {
  const isRead = isReadStatement(sql);
  for (let retries = 0; ; retries++) {
    try {
      const result = await attempt();
      condition.recordSuccess(!isRead);
      return result;
    } catch (cause) {
      const error = asAdapterError(cause);
      if (retries >= allowedRetries(error, isRead)) {
        condition.recordFailure(error);
        throw error;
      }
    }
    await sleep(FIRST_DELAY_MS * 2 ** retries * (0.5 + Math.random()));
  }
}

function allowedRetries(error: unknown, isRead: boolean): number {
  if (isConflict(error)) {
    return CONFLICT_RETRIES;
  }
  const isLost = postgresqlFailure(error) === 'unreachable' && !isTimeout(error);
  return isRead && isLost ? LOST_READ_RETRIES : 0;
}

/**
 * Returns whether a statement can be sent again: if it names no change. The function
 * `product_changes_head` changes the log, and may be called again.
 */
function isReadStatement(sql: string): boolean {
  return /^\s*(?:SELECT|WITH)\b/i.test(sql) && !/\b(?:INSERT|UPDATE|DELETE|MERGE)\b/i.test(sql);
}
