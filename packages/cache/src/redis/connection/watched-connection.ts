import { failureOf } from '../failure/failure-of.js';
import { ConnectionClosedError } from './connection-errors.js';
import { handshakeRefused, type RedisClient } from './redis-client.js';

/** What is called when a connection changes. */
export interface ConnectionListeners {
  /** Redis takes commands. */
  readonly onReady: () => void;
  /** Something failed; the connection may go on. */
  readonly onFailure: (error: unknown) => void;
  /** The connection, or an attempt to make one, has ended for this reason. */
  readonly onEnd: (error: unknown) => void;
}

/** Finds out why the connections of a client end: ioredis tells it in several ways, or not at all. */
export class WatchedConnection {
  readonly #client: RedisClient;
  readonly #listeners: ConnectionListeners;
  /** What is known of why the present connection will end. */
  #cause: unknown;
  #wasEstablished = false;

  constructor(client: RedisClient, listeners: ConnectionListeners) {
    this.#client = client;
    this.#listeners = listeners;
    client.on('connecting', () => this.#begin(false));
    client.on('ready', () => {
      this.#begin(true);
      listeners.onReady();
    });
    client.on(handshakeRefused, (error: Error) => this.#fail(error));
    client.on('error', (error: Error) => this.#fail(this.#withState(error)));
    client.on('close', () => {
      const wasEstablished = this.#wasEstablished;
      listeners.onEnd(this.#cause ?? new ConnectionClosedError({ wasEstablished }));
    });
  }

  /** Ends a connection that is ready, and makes another. */
  replace(cause: unknown): void {
    if (this.#client.status === 'ready') {
      this.#cause = cause;
      this.#client.disconnect(true);
    }
  }

  #begin(isEstablished: boolean): void {
    this.#cause = undefined;
    this.#wasEstablished = isEstablished;
  }

  #fail(error: unknown): void {
    this.#cause = error;
    this.#listeners.onFailure(error);
  }

  /** A reset before the first reply tells of another server than a reset after it. */
  #withState(error: Error): Error {
    const isEarlyEnd = !this.#wasEstablished && failureOf(error).kind === 'connection-lost';
    return isEarlyEnd ? new ConnectionClosedError({ wasEstablished: false, cause: error }) : error;
  }
}
