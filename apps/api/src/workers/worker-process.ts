import cluster, { type Worker } from 'node:cluster';
import { deferred } from '../concurrency/deferred.js';
import { StartError } from '../errors.js';
import type { StopReason } from '../startup/start-service.js';
import type { PrimaryMessage, WorkerMessage } from './messages.js';

/** A worker process could not begin to serve; the message is what it has reported. */
export class WorkerStartError extends StartError {
  override readonly name = 'WorkerStartError';
}

/** How a worker process has ended. */
export interface WorkerExit {
  /** Whether it had been asked to stop. */
  readonly asked: boolean;
  readonly code: number | null;
  readonly signal: string | null;
}

/** Milliseconds after a process's exit in which its last messages may still arrive. */
const LAST_MESSAGES_MS = 250;

/** A worker process, as the primary sees it. */
export class WorkerProcess {
  readonly pid: number;
  /** Resolves with the service's URL when it serves; rejects with a WorkerStartError if it never does. */
  readonly listening: Promise<string>;
  readonly exited: Promise<WorkerExit>;
  #state: 'starting' | 'listening' | 'stopping' | 'ended' = 'starting';
  #listeningSince = Number.POSITIVE_INFINITY;
  readonly #worker: Worker;

  /** @param onMessage called with what it tells, but for how its start goes */
  constructor(onMessage: (message: WorkerMessage, from: WorkerProcess) => void) {
    this.#worker = cluster.fork();
    this.pid = this.#worker.process.pid ?? 0;
    const { promise, resolve, reject } = deferred<string>();
    this.listening = promise;
    // Whoever waits for it is told as well; nobody has to.
    promise.catch(() => undefined);
    this.#worker.on('message', (message: WorkerMessage) => {
      if (message.type === 'failed') {
        reject(new WorkerStartError(message.reason));
      } else if (message.type === 'listening') {
        this.#listens();
        resolve(message.url);
      } else {
        onMessage(message, this);
      }
    });
    // A message that does not arrive, as the worker has just ended, is answered by its exit.
    this.#worker.on('error', () => undefined);
    this.exited = this.#exit();
    void this.exited.then(({ code, signal }) => {
      this.#state = 'ended';
      reject(new WorkerStartError(`A worker process ended before it served: ${signal ?? code}`));
    });
  }

  get state(): 'starting' | 'listening' | 'stopping' | 'ended' {
    return this.#state;
  }

  /** For how many milliseconds it has served; 0 if it never did. */
  servedMs(): number {
    return Math.max(0, performance.now() - this.#listeningSince);
  }

  send(message: PrimaryMessage): void {
    if (this.#worker.isConnected()) {
      this.#worker.send(message);
    }
  }

  /**
   * Asks it to finish what it has begun and to end, and waits until it has; ends it if it does not serve yet.
   * @param listenForMs milliseconds for which it goes on listening at most, until `disconnect`. Default: none
   */
  async stop(reason: StopReason, listenForMs?: number): Promise<void> {
    if (this.#state === 'starting') {
      this.kill();
    }
    if (this.#state !== 'ended') {
      this.#state = 'stopping';
    }
    this.send({ type: 'stop', reason, ...(listenForMs !== undefined && { listenForMs }) });
    await this.exited;
  }

  /** Ends the connection to it, and with that this process's hold on the listener. */
  disconnect(): void {
    if (this.#worker.isConnected()) {
      this.#worker.process.disconnect();
    }
  }

  /** Ends it at once. */
  kill(): void {
    this.#worker.process.kill('SIGKILL');
  }

  async #exit(): Promise<WorkerExit> {
    const exit = deferred<Omit<WorkerExit, 'asked'>>();
    const channelEnd = deferred<void>();
    this.#worker.once('exit', (code, signal) => {
      exit.resolve({ code, signal });
      // Node does not always tell that the channel of a killed process has ended.
      setTimeout(channelEnd.resolve, LAST_MESSAGES_MS);
    });
    this.#worker.process.once('disconnect', channelEnd.resolve);
    const { code, signal } = await exit.promise;
    await channelEnd.promise;
    return { asked: this.#state === 'stopping', code, signal };
  }

  #listens(): void {
    if (this.#state === 'starting') {
      this.#state = 'listening';
    }
    this.#listeningSince = performance.now();
  }
}
