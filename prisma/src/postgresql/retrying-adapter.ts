import type {
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
  Transaction,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { asAdapterError } from './connection-error.js';
import { isConflict, isTimeout, postgresqlFailure } from './postgresql-failure.js';
import { CONFLICT_RETRIES, pauseBeforeRetry } from './retry-conflicts.js';
import type { ServerCondition } from './server-condition.js';

/** Retries of a read whose connection was lost; the pool may have more lost connections. */
const LOST_READ_RETRIES = 2;

/**
 * Wraps a driver adapter so that single statements are retried where that is safe, and their
 * outcomes are recorded.
 *
 * - After a deadlock or a serialization failure, which rolled the statement back.
 * - A read whose connection was lost. A write is never sent again: it may have been committed.
 *   Neither is a read that has waited for its time limit: its client has waited long enough.
 *
 * The statements of a transaction are not retried.
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
        return recordedTransaction(await startTransaction(level), condition);
      } catch (cause) {
        const error = asAdapterError(cause);
        condition.recordFailure(error);
        throw error;
      }
    },
  });
}

/** Records the outcomes of a transaction, and gives up a connection that does not respond. */
function recordedTransaction(transaction: Transaction, condition: ServerCondition): Transaction {
  const queryRaw = transaction.queryRaw.bind(transaction);
  const executeRaw = transaction.executeRaw.bind(transaction);
  const commit = transaction.commit.bind(transaction);
  let failure: { readonly error: unknown } | undefined;
  // A transaction that has only read does not show that writes work.
  let hasWritten = false;
  const recorded = async <T>(attempt: () => Promise<T>): Promise<T> => {
    try {
      return await attempt();
    } catch (cause) {
      const error = asAdapterError(cause);
      failure = { error };
      condition.recordFailure(error);
      if (isTimeout(error)) {
        endConnection(transaction);
      }
      throw error;
    }
  };
  return Object.assign(transaction, {
    queryRaw: (query: SqlQuery) => {
      hasWritten ||= !isReadStatement(query.sql);
      return recorded(() => queryRaw(query));
    },
    executeRaw: async (query: SqlQuery) => {
      if (failure && query.sql === 'COMMIT') {
        // The server would roll back, and report that as a success.
        throw failure.error;
      }
      hasWritten ||= query.sql !== 'COMMIT';
      return recorded(() => executeRaw(query));
    },
    commit: async () => {
      await recorded(commit);
      condition.recordSuccess(hasWritten);
    },
  });
}

/**
 * Ends the connection of a transaction. The adapter would return it to the pool, where it would
 * keep the next statement waiting.
 */
function endConnection(transaction: Transaction): void {
  if ('client' in transaction && transaction.client instanceof pg.Client) {
    // The rejection says that the connection ended before the server responded.
    transaction.client.end().catch(() => undefined);
  }
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
    await pauseBeforeRetry(retries);
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
