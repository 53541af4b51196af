import { setTimeout as sleep } from 'node:timers/promises';
import { deferred } from '../concurrency/deferred.js';
import type { MetricFamily } from '../metrics/prometheus/metric-family.js';
import type { ServiceGroup, StopReason } from '../startup/start-service.js';
import type { PrimaryMessage, WorkerMessage } from './messages.js';

/**
 * Milliseconds to wait for the primary's reply. The primary itself waits half of that for workers.
 */
const COLLECT_LIMIT_MS = 1000;

/** Milliseconds to wait until a message is sent: a primary that hangs reads none. */
const SEND_LIMIT_MS = 1000;

/** Milliseconds to wait for the primary to close the channel, after it should have. */
const DISCONNECT_MARGIN_MS = 1000;

/** Handlers for the messages of the primary. */
export interface PrimaryLinkHandlers {
  stop(reason: StopReason): void;
  /** Returns the worker's own metrics. */
  report(): readonly MetricFamily[];
  /** Called when the primary is gone, or has closed the channel. */
  disconnected(): void;
}

/** A worker's channel to the primary, and through it to the other workers. */
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
    // Node's own messages to a primary that has just died fail with EPIPE; `disconnect` follows.
    process.on('error', () => undefined);
    // Only the primary's own code sends messages on this channel, so their type is known.
    process.on('message', (message) => this.#receive(message as PrimaryMessage, handlers));
  }

  /** Sends a message, and returns within a second. Without a primary, the message is dropped. */
  async send(message: WorkerMessage): Promise<void> {
    if (!process.connected || !process.send) {
      return;
    }
    const { promise: sent, resolve } = deferred<void>();
    const limit = setTimeout(resolve, SEND_LIMIT_MS);
    // With a callback, `send` neither throws nor emits an error.
    process.send(message, undefined, undefined, () => resolve());
    await sent;
    clearTimeout(limit);
  }

  /** Returns the metrics of all workers, or only this worker's if the primary does not reply. */
  async collectMetrics(own: () => readonly MetricFamily[]): Promise<readonly MetricFamily[]> {
    const id = ++this.#lastId;
    const { promise, resolve } = deferred<readonly MetricFamily[]>();
    this.#collections.set(id, resolve);
    const timeout = setTimeout(() => resolve(own()), COLLECT_LIMIT_MS);
    void this.send({ type: 'collect', id });
    const families = await promise;
    clearTimeout(timeout);
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
