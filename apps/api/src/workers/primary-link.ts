import type { MetricFamily } from '../metrics/metric-family.js';
import type { ServiceGroup, StopReason } from '../start-service.js';
import { deferred } from './deferred.js';
import type { PrimaryMessage, WorkerMessage } from './messages.js';

/** Milliseconds for the primary's answer, which itself waits for half of that. */
const COLLECT_LIMIT_MS = 1000;

/** What a worker does when the primary asks for it. */
export interface PrimaryLinkHandlers {
  stop(reason: StopReason): void;
  /** The worker's own metrics. */
  report(): readonly MetricFamily[];
  /** The primary is gone, without having said so. */
  orphaned(): void;
}

/** A worker's connection to the primary, and through it to the other workers. */
export class PrimaryLink implements ServiceGroup {
  readonly #collections = new Map<number, (families: readonly MetricFamily[]) => void>();
  readonly #ended = deferred<void>();
  #listensLast = false;
  #lastId = 0;

  constructor(handlers: PrimaryLinkHandlers) {
    process.once('disconnect', () => {
      this.#ended.resolve();
      if (!this.#listensLast) handlers.orphaned();
    });
    // Nobody but the primary's own code, which sends these, is at the other end.
    process.on('message', (message) => this.#receive(message as PrimaryMessage, handlers));
  }

  /** Sends a message; where the primary is gone, it is dropped. */
  send(message: WorkerMessage): Promise<void> {
    return new Promise((resolve) => {
      if (!process.connected || !process.send) return resolve();
      process.send(message, undefined, undefined, () => resolve());
    });
  }

  /** Asks the primary; where that does not answer, this worker's own metrics have to do. */
  async collectMetrics(own: () => readonly MetricFamily[]): Promise<readonly MetricFamily[]> {
    const id = ++this.#lastId;
    const { promise, resolve } = deferred<readonly MetricFamily[]>();
    this.#collections.set(id, resolve);
    const impatience = setTimeout(() => resolve(own()), COLLECT_LIMIT_MS);
    void this.send({ type: 'collect', id });
    const families = await promise;
    clearTimeout(impatience);
    this.#collections.delete(id);
    return families;
  }

  async mayStopListening(): Promise<void> {
    if (this.#listensLast) await this.#ended.promise;
  }

  #receive(message: PrimaryMessage, handlers: PrimaryLinkHandlers): void {
    switch (message.type) {
      case 'stop':
        handlers.stop(message.reason);
        break;
      case 'listen-last':
        this.#listensLast = true;
        break;
      case 'report':
        void this.send({ type: 'report', id: message.id, families: handlers.report() });
        break;
      case 'collected':
        this.#collections.get(message.id)?.(message.families);
    }
  }
}
