import { setTimeout as sleep } from 'node:timers/promises';
import { deferred } from '../concurrency/deferred.js';
import type { MetricFamily } from '../metrics/prometheus/metric-family.js';
import type { ServiceGroup, StopReason } from '../startup/start-service.js';
import type { PrimaryMessage, WorkerMessage } from './messages.js';

/** Milliseconds for the primary's answer, which itself waits for half of that. */
const COLLECT_LIMIT_MS = 1000;

/** Milliseconds for a message to leave this process: a primary that hangs takes none. */
const SEND_LIMIT_MS = 1000;

/** Milliseconds after which a primary that should have ended the connection is not waited for any more. */
const DISCONNECT_MARGIN_MS = 1000;

/** What a worker does when the primary asks for it. */
export interface PrimaryLinkHandlers {
  stop(reason: StopReason): void;
  /** The worker's own metrics. */
  report(): readonly MetricFamily[];
  /** The primary is gone, or has ended the connection. */
  disconnected(): void;
}

/** A worker's connection to the primary, and through it to the other workers. */
export class PrimaryLink implements ServiceGroup {
  readonly #collections = new Map<number, (families: readonly MetricFamily[]) => void>();
  readonly #ended = deferred<void>();
  #mayStopListening: Promise<void> = Promise.resolve();
  #lastId = 0;

  constructor(handlers: PrimaryLinkHandlers) {
    process.once('disconnect', () => {
      this.#ended.resolve();
      handlers.disconnected();
    });
    // What Node itself sends to a primary that has just died fails with EPIPE; `disconnect` follows.
    process.on('error', () => undefined);
    // Nobody but the primary's own code, which sends these, is at the other end.
    process.on('message', (message) => this.#receive(message as PrimaryMessage, handlers));
  }

  /** Sends a message, and returns within a second. It is dropped where the primary is gone. */
  async send(message: WorkerMessage): Promise<void> {
    if (!process.connected || !process.send) {
      return;
    }
    const { promise: sent, resolve } = deferred<void>();
    const limit = setTimeout(resolve, SEND_LIMIT_MS);
    // With a callback, an error goes to that: it is never thrown or emitted.
    process.send(message, undefined, undefined, () => resolve());
    await sent;
    clearTimeout(limit);
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

  mayStopListening(): Promise<void> {
    return this.#mayStopListening;
  }

  #receive(message: PrimaryMessage, handlers: PrimaryLinkHandlers): void {
    switch (message.type) {
      case 'stop':
        this.#listenFor(message.listenForMs);
        handlers.stop(message.reason);
        break;
      case 'report':
        void this.send({ type: 'report', id: message.id, families: handlers.report() });
        break;
      case 'collected':
        this.#collections.get(message.id)?.(message.families);
    }
  }

  #listenFor(limitMs: number | undefined): void {
    if (limitMs === undefined) {
      return;
    }
    const limit = sleep(limitMs + DISCONNECT_MARGIN_MS);
    this.#mayStopListening = Promise.race([this.#ended.promise, limit]);
  }
}
