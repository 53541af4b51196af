import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { GroupMetrics } from './group-metrics.js';
import type { WorkerMessage } from './messages.js';
import { RestartPolicy } from './restart-policy.js';
import type { StopLimits } from './stop-limits.js';
import { stopTogether } from './stop-together.js';
import type { WorkerStartError } from './worker-process.js';
import { type WorkerExit, WorkerProcess } from './worker-process.js';

/** Options for the supervisor. */
export interface SupervisorOptions {
  readonly logger: Logger;
  /** The number of workers that must serve. */
  readonly workers: number;
  /** How long workers may take to stop before they are killed. */
  readonly stopLimits: StopLimits;
  /** Called when workers keep dying early, and no more are started. */
  readonly onGiveUp: () => void;
}

/** Keeps a fixed number of worker processes serving. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #workers = new Set<WorkerProcess>();
  readonly #metrics = new GroupMetrics();
  readonly #policy = new RestartPolicy();
  #state: 'starting' | 'failed' | 'serving' | 'restarting' | 'stopping' = 'starting';

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /**
   * Starts the workers, and returns the URL of the service when all of them serve.
   *
   * @throws {WorkerStartError} when a worker cannot serve; the others are killed
   */
  async start(): Promise<string> {
    const { workers: count } = this.#options;
    const workers = Array.from({ length: count }, () => this.#fork());
    try {
      const urls = await Promise.all(workers.map(({ listening }) => listening));
      this.#state = 'serving';
      return urls[0] ?? '';
    } catch (error) {
      this.#state = 'failed';
      for (const worker of workers) {
        worker.kill();
      }
      await Promise.all(workers.map(({ exited }) => exited));
      throw error;
    }
  }

  /** Replaces all workers one at a time: each stops once its successor serves. */
  async restart(): Promise<void> {
    const { logger } = this.#options;
    if (this.#state !== 'serving') {
      logger.warn({ state: this.#state }, 'workers are not restarted now');
      return;
    }
    this.#state = 'restarting';
    logger.info('restarting the workers');
    const replaced = await this.#replaceEach([...this.#workers]);
    if (this.#isStopping()) {
      return;
    }
    this.#state = 'serving';
    if (replaced) {
      logger.info('all workers are restarted');
    } else {
      logger.error('a new worker does not serve: the other workers stay as they are');
    }
  }

  /** Stops all workers without losing an accepted request, and kills those that take too long. */
  async stop(): Promise<void> {
    this.#state = 'stopping';
    const { allMs, othersMs } = this.#options.stopLimits;
    const killTimer = setTimeout(() => {
      for (const worker of this.#workers) {
        worker.kill();
      }
    }, allMs);
    await stopTogether([...this.#workers], othersMs);
    clearTimeout(killTimer);
  }

  /** Replaces workers one at a time, and returns whether all were replaced. */
  async #replaceEach(workers: readonly WorkerProcess[]): Promise<boolean> {
    for (const worker of workers) {
      const successor = this.#fork();
      try {
        await successor.listening;
      } catch {
        return false;
      }
      if (this.#isStopping()) {
        return false;
      }
      await worker.stop('replaced');
    }
    return true;
  }

  #fork(): WorkerProcess {
    const worker = new WorkerProcess((message) => this.#receive(message, worker));
    this.#workers.add(worker);
    const { logger } = this.#options;
    void worker.listening.then(
      () => logger.info({ pid: worker.pid }, 'worker started'),
      (error: WorkerStartError) => this.#cannotServe(worker, error),
    );
    void worker.exited.then((exit) => this.#ended(worker, exit));
    return worker;
  }

  #receive(message: WorkerMessage, from: WorkerProcess): void {
    switch (message.type) {
      case 'collect':
        void this.#collect(message.id, from);
        break;
      case 'report':
        this.#metrics.report(from, message.families, message.id);
    }
  }

  async #collect(id: number, requester: WorkerProcess): Promise<void> {
    const serving = [...this.#workers].filter(({ state }) => state !== 'starting');
    const families = await this.#metrics.collect(serving);
    requester.send({ type: 'collected', id, families });
  }

  #cannotServe({ pid }: WorkerProcess, { message }: WorkerStartError): void {
    // During a start, the error of `start` reports it.
    if (this.#state === 'starting' || this.#state === 'failed') {
      return;
    }
    this.#options.logger.error({ pid, reason: message }, 'worker cannot serve');
  }

  #ended(worker: WorkerProcess, { requested, code, signal }: WorkerExit): void {
    this.#workers.delete(worker);
    this.#metrics.ended(worker, requested);
    if (this.#state === 'starting' || this.#state === 'failed') {
      return;
    }
    const entry = { pid: worker.pid, ...(signal ? { signal } : { code }) };
    this.#options.logger[requested ? 'info' : 'warn'](entry, 'worker ended');
    if (!requested && !this.#isStopping()) {
      void this.#replace(worker);
    }
  }

  async #replace(dead: WorkerProcess): Promise<void> {
    if (!this.#isShort()) {
      return;
    }
    const pauseMs = this.#policy.afterDeath(dead.servedMs());
    if (pauseMs === undefined) {
      return this.#options.onGiveUp();
    }
    await sleep(pauseMs);
    if (this.#isShort() && !this.#isStopping()) {
      this.#fork();
    }
  }

  /**
   * Returns whether workers are missing. After a failed restart none is: the old ones still serve.
   */
  #isShort(): boolean {
    return this.#workers.size < this.#options.workers;
  }

  #isStopping(): boolean {
    return this.#state === 'stopping';
  }
}
