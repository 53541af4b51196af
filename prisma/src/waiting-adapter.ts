import type { SqlDriverAdapter, SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { databaseFailure } from './condition/database-failure.js';
import { waitForLock } from './wait-for-lock.js';

/**
 * A driver adapter whose statements and transactions wait for another process's lock without
 * stopping the event loop, and without holding up statements that need no lock.
 *
 * @param factory its connections must have a busy timeout of 0
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
      waitingConnection(await waitForLock(() => factory.connect(), timeoutMs), timeoutMs),
  };
}

function waitingConnection(connection: SqlDriverAdapter, timeoutMs: number): SqlDriverAdapter {
  const queryRaw = connection.queryRaw.bind(connection);
  const executeRaw = connection.executeRaw.bind(connection);
  const startTransaction = connection.startTransaction.bind(connection);
  const patiently = <T>(attempt: () => Promise<T>) =>
    attemptWhenFree(connection, attempt, performance.now() + timeoutMs);
  return Object.assign(connection, {
    queryRaw: (query: Parameters<typeof queryRaw>[0]) => patiently(() => queryRaw(query)),
    executeRaw: (query: Parameters<typeof executeRaw>[0]) => patiently(() => executeRaw(query)),
    startTransaction: (level?: Parameters<typeof startTransaction>[0]) =>
      patiently(() => startTransaction(level)),
  });
}

/** Waits by taking the lock for nothing, as a statement that fails costs the connection. */
async function attemptWhenFree<T>(
  connection: SqlDriverAdapter,
  attempt: () => Promise<T>,
  deadline: number,
): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (databaseFailure(error) !== 'busy' || performance.now() >= deadline) {
      throw error;
    }
  }
  const takeLock = () => connection.executeScript('BEGIN IMMEDIATE; ROLLBACK');
  await waitForLock(takeLock, deadline - performance.now());
  return attemptWhenFree(connection, attempt, deadline);
}
