import type { Transaction } from '../../database.js';
import type { Prisma } from '../../generated/sqlite/client.js';
import { DatabaseThread } from './database-thread.js';

/** Where the thread writes. */
export interface SlowWriterOptions {
  /** The path of a migrated database. */
  readonly file: string;
  /** Milliseconds that a transaction waits for the lock of another connection. */
  readonly busyTimeoutMs: number;
}

/**
 * Runs transactions of many rows on a thread of its own: their sync to the disk, and the checkpoint
 * after it, would stop every request meanwhile. The caller runs one transaction at a time.
 */
export class SlowWriter {
  readonly #thread: DatabaseThread;

  constructor(options: SlowWriterOptions) {
    const module = new URL('./writer-thread.js', import.meta.url);
    this.#thread = new DatabaseThread({ module, data: options });
  }

  /**
   * Runs statements in one transaction, which has SQLite's write lock from its beginning.
   *
   * @throws {ThreadError} when a statement fails; the transaction is then rolled back
   */
  async transaction<Result>(run: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    // All on the thread that has begun the transaction: another one would commit each statement.
    const thread = this.#thread.run();
    const send = (kind: 'query' | 'execute', { sql, values }: Prisma.Sql) =>
      this.#thread.send(thread, { kind, sql, values: values.map(storedValue) });
    const end = (kind: 'commit' | 'rollback') => this.#thread.send(thread, { kind });
    // The thread has the first statement before the main thread knows that the lock was taken.
    const begun = this.#thread.send(thread, { kind: 'begin' });
    begun.catch(() => undefined);
    try {
      const result = await run({
        // The caller names the type of the rows, as for Prisma's `$queryRaw`.
        $queryRaw: async <Rows>(statement: Prisma.Sql) => (await send('query', statement)) as Rows,
        $executeRaw: async (statement) => Number(await send('execute', statement)),
      });
      await begun;
      await end('commit');
      return result;
    } catch (error) {
      await end('rollback').catch(() => undefined);
      throw error;
    }
  }

  /** Ends the thread, after a transaction in progress was rolled back. */
  close(): Promise<void> {
    return this.#thread.close();
  }
}

/** Returns a value as the adapter stores it. */
function storedValue(value: unknown): unknown {
  return value instanceof Date ? value.getTime() : value;
}
