import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Prisma } from '../../generated/sqlite/client.js';

/** Reads that wait at most; the next one is refused as busy. */
const MAX_WAITING = 64;

/** SQLITE_BUSY. */
const BUSY = 5;

interface Waiting {
  readonly resolve: (rows: unknown[]) => void;
  readonly reject: (error: Error) => void;
}

interface Reply {
  readonly id: number;
  readonly rows?: unknown[];
  readonly failure?: { readonly message: string; readonly rawCode?: number };
}

/**
 * Runs reads on a thread of its own, with a connection of its own, one after the other: the driver
 * is synchronous, so a read of unknown length would stop every other request meanwhile. The thread
 * starts with the first read.
 */
export class SlowReader {
  readonly #file: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #lastId = 0;
  #isClosed = false;

  /** @param file the path of a migrated database */
  constructor(file: string) {
    this.#file = file;
  }

  /**
   * Returns the rows of a read.
   *
   * @throws {SlowReadError} when the statement fails, too many reads wait, or the reader is closed
   */
  read(statement: Prisma.Sql): Promise<unknown[]> {
    if (this.#isClosed) {
      return Promise.reject(threadEnded());
    }
    if (this.#waiting.size >= MAX_WAITING) {
      return Promise.reject(new SlowReadError('Too many reads wait for their thread', BUSY));
    }
    this.#worker ??= this.#start();
    const worker = this.#worker;
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage({ id, sql: statement.sql, values: statement.values });
    });
  }

  /** Ends the thread, after the reads that it was given. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#worker) {
      const exit = once(this.#worker, 'exit');
      this.#worker.ref();
      this.#worker.postMessage('close');
      await exit;
    }
  }

  #start(): Worker {
    const worker = new Worker(new URL('./reader-thread.js', import.meta.url), {
      workerData: { file: this.#file },
      // The loaders of the main thread are for TypeScript, which the thread does not have.
      execArgv: [],
    });
    // A process that has nothing else to do may end.
    worker.unref();
    worker.on('message', (reply: Reply) => this.#settle(reply));
    worker.on('error', (error) => this.#failAll(error));
    worker.on('exit', () => {
      this.#worker = undefined;
      this.#failAll(threadEnded());
    });
    return worker;
  }

  #settle({ id, rows, failure }: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (failure) {
      waiting?.reject(new SlowReadError(failure.message, failure.rawCode));
    } else {
      waiting?.resolve(rows ?? []);
    }
  }

  #failAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) {
      reject(error);
    }
    this.#waiting.clear();
  }
}

function threadEnded(): SlowReadError {
  return new SlowReadError('The thread of slow reads has ended', BUSY);
}

/** A read failed. */
export class SlowReadError extends Error {
  override readonly name = 'SlowReadError';
  /** The extended result code of SQLite. */
  readonly rawCode: number | undefined;

  constructor(message: string, rawCode: number | undefined) {
    super(message);
    this.rawCode = rawCode;
  }
}
