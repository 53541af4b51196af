import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Transaction } from '../../database.js';
import type { Prisma } from '../../generated/sqlite/client.js';

/** SQLITE_BUSY. */
const BUSY = 5;

/** What the thread is asked for. */
type Kind = 'begin' | 'query' | 'execute' | 'commit' | 'rollback';

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Reply {
  readonly id: number;
  readonly result?: unknown;
  readonly failure?: { readonly message: string; readonly rawCode?: number };
}

/** Where the thread writes. */
export interface SlowWriterOptions {
  /** The path of a migrated database. */
  readonly file: string;
  /** Milliseconds that a transaction waits for the lock of another connection. */
  readonly busyTimeoutMs: number;
}

/**
 * Runs transactions on a thread of its own, with a connection of its own: the driver is
 * synchronous, so many rows, their sync to the disk and the checkpoint after it would stop every
 * request meanwhile. The thread starts with the first transaction. The caller runs one transaction
 * at a time.
 */
export class SlowWriter {
  readonly #options: SlowWriterOptions;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #lastId = 0;
  #isClosed = false;

  constructor(options: SlowWriterOptions) {
    this.#options = options;
  }

  /**
   * Runs statements in one transaction, which has SQLite's write lock from its beginning.
   *
   * @throws {SlowWriteError} when a statement fails; the transaction is then rolled back
   */
  async transaction<Result>(run: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    // The thread has the first statement before the main thread knows that the lock was taken.
    if (!this.#isClosed) {
      this.#worker ??= this.#start();
    }
    const worker = this.#worker;
    const begun = this.#send(worker, 'begin');
    begun.catch(() => undefined);
    try {
      const result = await run({
        // The caller names the type of the rows, as for Prisma's `$queryRaw`.
        $queryRaw: async <Rows>(statement: Prisma.Sql) =>
          (await this.#send(worker, 'query', statement)) as Rows,
        $executeRaw: async (statement) => Number(await this.#send(worker, 'execute', statement)),
      });
      await begun;
      await this.#send(worker, 'commit');
      return result;
    } catch (error) {
      await this.#send(worker, 'rollback').catch(() => undefined);
      throw error;
    }
  }

  /** Ends the thread, after a transaction in progress was rolled back. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#worker) {
      const exit = once(this.#worker, 'exit');
      this.#worker.ref();
      this.#worker.postMessage({ kind: 'close' });
      await exit;
    }
  }

  /** @param worker the thread that has begun the transaction: another one would commit each part */
  #send(worker: Worker | undefined, kind: Kind, statement?: Prisma.Sql): Promise<unknown> {
    if (worker === undefined || worker !== this.#worker || this.#isClosed) {
      return Promise.reject(threadEnded());
    }
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.ref();
      const { sql = '', values = [] } = statement ?? {};
      worker.postMessage({ id, kind, sql, values: values.map(storedValue) });
    });
  }

  #start(): Worker {
    const worker = new Worker(new URL('./writer-thread.js', import.meta.url), {
      workerData: this.#options,
      // The loaders of the main thread are for TypeScript, which the thread does not have.
      execArgv: [],
    });
    worker.on('message', (reply: Reply) => this.#settle(reply));
    worker.on('error', (error) => this.#failAll(error));
    worker.on('exit', () => {
      this.#worker = undefined;
      this.#failAll(threadEnded());
    });
    return worker;
  }

  #settle({ id, result, failure }: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) {
      // A process that has nothing else to do may end.
      this.#worker?.unref();
    }
    if (failure) {
      waiting?.reject(new SlowWriteError(failure.message, failure.rawCode));
    } else {
      waiting?.resolve(result);
    }
  }

  #failAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) {
      reject(error);
    }
    this.#waiting.clear();
  }
}

function threadEnded(): SlowWriteError {
  return new SlowWriteError('The thread of slow transactions has ended', BUSY);
}

/** Returns a value as the adapter stores it. */
function storedValue(value: unknown): unknown {
  return value instanceof Date ? value.getTime() : value;
}

/** A statement of a slow transaction failed. */
export class SlowWriteError extends Error {
  override readonly name = 'SlowWriteError';
  /** The extended result code of SQLite. */
  readonly rawCode: number | undefined;

  constructor(message: string, rawCode: number | undefined) {
    super(message);
    this.rawCode = rawCode;
  }
}
