import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** SQLITE_BUSY. */
const BUSY = 5;

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Reply {
  readonly id: number;
  readonly result?: unknown;
  readonly failure?: { readonly message: string; readonly rawCode?: number };
}

/** What a thread runs. */
export interface DatabaseThreadOptions {
  /** The module of the thread. It answers each order by its `id`, and ends when it gets `close`. */
  readonly module: URL;
  /** What the module gets as `workerData`. */
  readonly data: unknown;
}

/** One run of a thread. Another one has another connection, and so no part of a transaction. */
export type ThreadRun = Worker;

/**
 * A thread with a connection of its own: the driver of SQLite is synchronous, so a statement of
 * unknown length would stop every request meanwhile. It starts with the first order, and again with
 * the next one if it has ended. It keeps the process alive only while an order waits.
 */
export class DatabaseThread {
  readonly #options: DatabaseThreadOptions;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #lastId = 0;
  #isClosed = false;

  constructor(options: DatabaseThreadOptions) {
    this.#options = options;
  }

  /** The number of orders without an answer. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Returns the thread that runs, and starts one if needed; undefined after `close`. */
  run(): ThreadRun | undefined {
    if (!this.#isClosed) {
      this.#worker ??= this.#start();
    }
    return this.#worker;
  }

  /**
   * Gives an order to a run of the thread, and returns its result.
   *
   * @throws {ThreadError} when the order fails, or that run has ended
   */
  send(run: ThreadRun | undefined, order: object): Promise<unknown> {
    if (run === undefined || run !== this.#worker || this.#isClosed) {
      return Promise.reject(ended());
    }
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      run.ref();
      run.postMessage({ ...order, id });
    });
  }

  /** Ends the thread, after the orders that it was given. Further orders are refused. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#worker) {
      const exit = once(this.#worker, 'exit');
      this.#worker.ref();
      // To terminate a thread inside of the driver would end the process.
      this.#worker.postMessage({ kind: 'close' });
      await exit;
    }
  }

  #start(): Worker {
    const { module, data } = this.#options;
    // The loaders of the main thread are for TypeScript, which the thread does not have.
    const worker = new Worker(module, { workerData: data, execArgv: [] });
    worker.unref();
    worker.on('message', (reply: Reply) => this.#settle(reply));
    worker.on('error', (error) => this.#failAll(error));
    worker.on('exit', () => {
      this.#worker = undefined;
      this.#failAll(ended());
    });
    return worker;
  }

  #settle({ id, result, failure }: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) {
      this.#worker?.unref();
    }
    if (failure) {
      waiting?.reject(new ThreadError(failure.message, failure.rawCode));
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

function ended(): ThreadError {
  return new ThreadError('The thread of the database has ended', BUSY);
}

/** A statement on a thread of its own failed. */
export class ThreadError extends Error {
  override readonly name = 'ThreadError';
  /** The extended result code of SQLite. */
  readonly rawCode: number | undefined;

  constructor(message: string, rawCode: number | undefined) {
    super(message);
    this.rawCode = rawCode;
  }

  /** Returns the error of an order that the thread has no room for. */
  static busy(message: string): ThreadError {
    return new ThreadError(message, BUSY);
  }
}
