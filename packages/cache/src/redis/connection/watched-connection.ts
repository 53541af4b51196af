import { formatHost } from '../address/redis-address.js';
import { failureOf } from '../failure/failure-of.js';
import { ConnectionClosedError } from './connection-errors.js';
import { HANDSHAKE_REFUSED, type RedisClient } from './redis-client.js';

/** The listeners for changes of a connection. */
export interface ConnectionListeners {
  /** The connection accepts commands. */
  readonly onReady: () => void;
  /** An error occurred. The connection may still work. */
  readonly onFailure: (error: unknown) => void;
  /** The connection, or an attempt to connect, has ended for this reason. */
  readonly onEnd: (error: unknown) => void;
}

/** Finds out why a client's connections end. ioredis reports it in several ways, or not at all. */
export class WatchedConnection {
  readonly #client: RedisClient;
  readonly #listeners: ConnectionListeners;
  /** The last error of the current connection, which is the reason if it ends. */
  #cause: unknown;
  #wasEstablished = false;
  #server: string | undefined;

  constructor(client: RedisClient, listeners: ConnectionListeners) {
    this.#client = client;
    this.#listeners = listeners;
    client.on('connecting', () => {
      this.#server = undefined;
      this.#begin(false);
    });
    client.on('connect', () => {
      this.#server = serverOf(client);
    });
    client.on('ready', () => {
      this.#begin(true);
      listeners.onReady();
    });
    client.on(HANDSHAKE_REFUSED, (error: Error) => this.#fail(error));
    client.on('error', (error: Error) => this.#fail(this.#withState(error)));
    client.on('close', () => {
      const wasEstablished = this.#wasEstablished;
      listeners.onEnd(this.#cause ?? new ConnectionClosedError({ wasEstablished }));
    });
  }

  /** The connected server, as host:port; undefined if sentinels did not name it. */
  get server(): string | undefined {
    return this.#client.options.sentinels ? this.#server : undefined;
  }

  /** Ends a ready connection and opens a new one. */
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

  /** Marks a reset before the first reply, which has other causes than a later one. */
  #withState(error: Error): Error {
    const isEarlyEnd = !this.#wasEstablished && failureOf(error).kind === 'connection-lost';
    return isEarlyEnd ? new ConnectionClosedError({ wasEstablished: false, cause: error }) : error;
  }
}

function serverOf({ stream }: RedisClient): string | undefined {
  const { remoteAddress, remotePort } = stream;
  return remoteAddress !== undefined && remotePort !== undefined
    ? formatHost({ host: remoteAddress, port: remotePort })
    : undefined;
}
