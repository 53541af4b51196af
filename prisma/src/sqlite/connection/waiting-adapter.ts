import type {
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
} from '@prisma/driver-adapter-utils';
import { sqliteFailure } from '../sqlite-failure.js';
import type { WriteTurns } from '../thread/write-turns.js';
import { retryWhileLocked } from './retry-while-locked.js';

/** How statements of the main thread wait. */
export interface WaitingOptions {
  /** The longest wait, in milliseconds. */
  readonly timeoutMs: number;
  /** The turns of writes and slow transactions. */
  readonly turns: WriteTurns;
}

/**
 * Wraps a driver adapter so that statements and transactions wait for the lock of another process
 * or of a slow transaction, without blocking the event loop or the statements that need no lock.
 *
 * @param factory must create connections with a busy timeout of 0
 */
export function waitingAdapter(
  factory: SqlDriverAdapterFactory,
  options: WaitingOptions,
): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () =>
      waitingConnection(
        await retryWhileLocked(() => factory.connect(), options.timeoutMs),
        options,
      ),
  };
}

function waitingConnection(
  connection: SqlDriverAdapter,
  { timeoutMs, turns }: WaitingOptions,
): SqlDriverAdapter {
  const queryRaw = connection.queryRaw.bind(connection);
  const executeRaw = connection.executeRaw.bind(connection);
  const startTransaction = connection.startTransaction.bind(connection);
  const withRetries = <T>(attempt: () => Promise<T>, deadline = performance.now() + timeoutMs) =>
    retryAfterLock(connection, attempt, deadline);
  const run = <T>({ sql }: SqlQuery, attempt: () => Promise<T>) => {
    const deadline = performance.now() + timeoutMs;
    return WRITE.test(sql)
      ? turns.write(() => withRetries(attempt, deadline))
      : withRetries(attempt, deadline);
  };
  return Object.assign(connection, {
    queryRaw: (query: SqlQuery) => run(query, () => queryRaw(query)),
    executeRaw: (query: SqlQuery) => run(query, () => executeRaw(query)),
    // Whoever runs the whole transaction takes a turn for it.
    startTransaction: (level?: Parameters<typeof startTransaction>[0]) =>
      withRetries(() => startTransaction(level)),
  });
}

/** Matches statements that need the write lock; one that it misses finds the lock taken. */
const WRITE = /^\s*(?:INSERT|UPDATE|DELETE|REPLACE)\b/i;

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
