import { Redis } from 'ioredis';
import { backoffMs } from '../backoff.js';
import { ConnectionClosedError } from '../redis/connection-errors.js';
import { failureOf } from '../redis/failure-of.js';
import { FailureReport } from '../redis/failure-report.js';
import { endConnectionsAtMalformedReplies } from '../redis/malformed-replies.js';
import { connectionOptions, type RedisAddress } from '../redis/redis-address.js';
import { isReplyError } from '../redis/redis-client.js';
import type { StoreFailure } from '../store-failure.js';

const invalidateChannel = '__redis__:invalidate';
const heartbeatMs = 1000;

/** What a feed listens to, and whom it tells. */
export interface InvalidationFeedOptions {
  readonly address: RedisAddress;
  /** The prefix of the keys that are of interest. */
  readonly prefix: string;
  /** Called with the keys that were changed, without their prefix. */
  readonly onKeys: (keys: string[]) => void;
  /** Called when any key may have been changed. */
  readonly onAll: () => void;
  /** Called when the feed begins to be complete. */
  readonly onOn: () => void;
  /** Called when it ceases to be, or is refused; once for each reason until it begins again. */
  readonly onOff: (failure: StoreFailure) => void;
}

/**
 * The names of all keys under a prefix that anybody changes in Redis, by CLIENT TRACKING in
 * broadcasting mode (redis.io/docs/latest/develop/reference/client-side-caching).
 *
 * It has a connection of its own that speaks RESP2 and redirects to itself, because ioredis drops
 * the invalidation messages of RESP3. A ping each second finds out when the connection is dead.
 */
export class InvalidationFeed {
  readonly #options: InvalidationFeedOptions;
  readonly #client: Redis;
  readonly #heartbeat: NodeJS.Timeout;
  readonly #report = new FailureReport();
  #live = false;

  constructor(options: InvalidationFeedOptions) {
    this.#options = options;
    this.#client = connect(options.address);
    this.#client.on('error', () => undefined);
    this.#client.on('ready', () => void this.#arm());
    this.#client.on('close', () => this.#lose(new ConnectionClosedError({ wasEstablished: true })));
    this.#client.on('messageBuffer', (_channel, message: unknown) => this.#receive(message));
    this.#heartbeat = setInterval(() => void this.#beat(), heartbeatMs).unref();
  }

  /** Whether every change is told at this moment, as far as is known. */
  get live(): boolean {
    return this.#live;
  }

  close(): void {
    clearInterval(this.#heartbeat);
    this.#live = false;
    this.#client.disconnect();
  }

  async #arm(): Promise<void> {
    try {
      const id = await this.#client.client('ID');
      await this.#client.call(
        'CLIENT',
        ...['TRACKING', 'ON', 'REDIRECT', String(id), 'BCAST', 'PREFIX', this.#options.prefix],
      );
      await this.#client.subscribe(invalidateChannel);
      this.#live = true;
      this.#report.clear();
      this.#options.onOn();
    } catch (error) {
      if (isReplyError(error)) {
        // A server that forbids it is asked again at the next connection, not at once.
        this.#tellWhy(error);
      } else {
        this.#client.disconnect(true);
      }
    }
  }

  #receive(message: unknown): void {
    const { prefix, onKeys, onAll } = this.#options;
    if (!Array.isArray(message)) {
      // FLUSHALL and FLUSHDB name no keys.
      onAll();
      return;
    }
    onKeys(message.map((key) => String(key).slice(prefix.length)));
  }

  async #beat(): Promise<void> {
    if (!this.#live) {
      return;
    }
    try {
      await this.#client.ping();
    } catch {
      this.#client.disconnect(true);
    }
  }

  #lose(cause: Error): void {
    if (this.#live) {
      this.#live = false;
      this.#tellWhy(cause);
    }
  }

  #tellWhy(cause: Error): void {
    const failure = failureOf(cause);
    if (this.#report.note(failure)) {
      this.#options.onOff(failure);
    }
  }
}

function connect(address: RedisAddress): Redis {
  endConnectionsAtMalformedReplies();
  return new Redis({
    ...connectionOptions(address),
    protocol: 2,
    enableReadyCheck: false,
    autoResubscribe: false,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: heartbeatMs,
    connectTimeout: heartbeatMs,
    disconnectTimeout: 50,
    retryStrategy: (attempt) => backoffMs(attempt - 1, { minMs: 50, maxMs: 1000 }, Math.random),
  });
}
