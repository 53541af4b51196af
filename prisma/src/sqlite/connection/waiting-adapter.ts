import type { SqlDriverAdapter, SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { sqliteFailure } from '../sqlite-failure.js';
import { retryWhileLocked } from './retry-while-locked.js';

/**
 * Wraps a driver adapter so that statements and transactions wait for the lock of another process,
 * without blocking the event loop or the statements that need no lock.
 *
 * @param factory must create connections with a busy timeout of 0
 * @param timeoutMs the longest wait, in milliseconds
 */
export function waitingAdapter(
  factory: SqlDriverAdapterFactory,
  timeoutMs: number,
): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () =>
      waitingConnection(await retryWhileLocked(() => factory.connect(), timeoutMs), timeoutMs),
  };
}

function waitingConnection(connection: SqlDriverAdapter, timeoutMs: number): SqlDriverAdapter {
  const queryRaw = connection.queryRaw.bind(connection);
  const executeRaw = connection.executeRaw.bind(connection);
  const startTransaction = connection.startTransaction.bind(connection);
  const withRetries = <T>(attempt: () => Promise<T>) =>
    retryAfterLock(connection, attempt, performance.now() + timeoutMs);
  return Object.assign(connection, {
    queryRaw: (query: Parameters<typeof queryRaw>[0]) => withRetries(() => queryRaw(query)),
    executeRaw: (query: Parameters<typeof executeRaw>[0]) => withRetries(() => executeRaw(query)),
    startTransaction: (level?: Parameters<typeof startTransaction>[0]) =>
      withRetries(() => startTransaction(level)),
  });
}

/**
 * Retries an attempt that failed as busy. It waits by taking and releasing the lock itself, because
 * each failure of a real statement costs the connection.
 */
async function retryAfterLock<T>(
  connection: SqlDriverAdapter,
  attempt: () => Promise<T>,
  deadline: number,
): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (sqliteFailure(error) !== 'busy' || performance.now() >= deadline) {
      throw error;
    }
  }
  const takeLock = () => connection.executeScript('BEGIN IMMEDIATE; ROLLBACK');
  await retryWhileLocked(takeLock, deadline - performance.now());
  return retryAfterLock(connection, attempt, deadline);
}
