import { Relay } from '../relay/relay.js';
import { type RelayOptions, type RelayStatus, relayTimes } from '../relay/relay-options.js';
import type { CacheStore } from '../store/cache-store.js';
import type { StoreEvent } from '../store/store-event.js';
import type { StoreCondition } from '../store/store-failure.js';
import type { RedisAddress } from './address/redis-address.js';
import { GuardedConnection } from './connection/guarded-connection.js';
import { createRedisClient } from './connection/redis-client.js';
import { createScriptSender } from './connection/script-sender.js';
import { createKeyspace } from './keyspace.js';
import { MemoryWatch } from './memory-watch.js';
import { OversizedValues } from './oversized-values.js';
import { createReaderOperations } from './reader-operations.js';
import { createRedisRelayTarget } from './redis-relay-target.js';
import { createTrial } from './trial.js';

/** Options for a store in Redis. */
export interface RedisStoreOptions {
  /** The address of a Redis server of version 6.2 or newer; see `parseRedisUrl`. */
  readonly address: RedisAddress;
  /** The beginning of the key of every value, after `prefix`, such as `product:`. */
  readonly namespace: string;
  /** The prefix of every key in Redis, including those of fences and of the relay. Default none. */
  readonly prefix?: string;
  /**
   * The glob pattern of the keys of values, after prefix and namespace. A clearing deletes only
   * keys that match. Default `*`: every key under the namespace belongs to the cache.
   */
  readonly keyPattern?: string;
  /** Milliseconds after which a command without a reply fails. Default 50. */
  readonly timeoutMs?: number;
  /**
   * Milliseconds after which an attempt to connect fails; no request waits for it. Default 1000.
   */
  readonly connectTimeoutMs?: number;
  /**
   * The number of consecutive failures after which Redis is bypassed. One failed invalidation is
   * enough. Default 3.
   */
  readonly failureThreshold?: number;
  /** Milliseconds for which an invalidated version refuses lower versions. Default 60,000. */
  readonly floorTtlMs?: number;
  /** Options for the relay, which applies changes that were not invalidated or were lost. */
  readonly relay: RelayOptions;
  /** The key of the relay's watermark. Default: prefix, `cache:applied:` and namespace. */
  readonly watermarkKey?: string;
  /** The key of the relay's claim. Default: prefix, `cache:owner:` and namespace. */
  readonly claimKey?: string;
  /** Called with each event of the store. Must not throw. */
  readonly onEvent?: (event: StoreEvent) => void;
}

/** A store in Redis. */
export interface RedisStore extends CacheStore {
  /** Waits up to `timeoutMs` milliseconds until the store is ready. Returns whether it is. */
  waitUntilReady(timeoutMs: number): Promise<boolean>;
  /** Returns the state of the store, with the reason if Redis is not fully used. */
  condition(): StoreCondition;
  /** Returns how far Redis is behind the change log. */
  relayStatus(): RelayStatus;
}

/**
 * Creates a store in Redis and starts to connect. The store is bypassed until Redis can be used and
 * holds no outdated values.
 *
 * @throws {TypeError} when the namespace is empty.
 *
 * @example
 * ```ts
 * const store = createRedisStore({
 *   address: parseRedisUrl('rediss://user:password@redis.example:6379/0'),
 *   namespace: 'note:',
 *   relay: { changeLog, longestLifeMs: 3_660_000 },
 *   onEvent: (event) => logger.info(event),
 * });
 * if (!(await store.waitUntilReady(1000))) {
 *   logger.warn(store.condition());
 * }
 * const cache = createCache<Note>({ store, codec: noteCodec });
 * ```
 */
export function createRedisStore(options: RedisStoreOptions): RedisStore {
  const { address, timeoutMs = 50, connectTimeoutMs = 1000, floorTtlMs = 60_000 } = options;
  const { failureThreshold = 3, onEvent = () => undefined } = options;
  const keyspace = createKeyspace(options.namespace, {
    prefix: options.prefix,
    keyPattern: options.keyPattern,
    watermark: options.watermarkKey,
    claim: options.claimKey,
  });
  const client = createRedisClient({ address, timeoutMs, connectTimeoutMs });
  const relayOptions = { ...options.relay, ...relayTimes(options.relay, timeoutMs) };
  const relay = new Relay({
    ...relayOptions,
    target: createRedisRelayTarget(client, keyspace, {
      floorTtlMs,
      claimMs: relayOptions.claimMs,
      settleMs: relayOptions.claimMs / 2,
    }),
    missingWatermark: 'replay',
    mayClearInUse: false,
    isInUse: () => connection.state === 'ready',
    onOutdated: (cause) => connection.suspend(cause),
    onEvent,
  });
  const trial = createTrial({ client, keyspace, database: address.database });
  const oversized = new OversizedValues({
    client,
    run: (commands) => connection.run(commands),
    onDeleted: (key, bytes) => onEvent({ type: 'oversized-value', key, bytes }),
  });
  const recover = async () => {
    await oversized.remove();
    const { applied, cleared } = await relay.catchUp();
    return { applied, cleared };
  };
  const connection = new GuardedConnection({
    client,
    tryUse: trial.everything,
    recover,
    failureThreshold,
    onOutOfMemory: (failure) => memory.refused(failure),
    onEvent,
  });
  const memory = new MemoryWatch({
    tryWrite: () => connection.run(trial.write),
    onChange: (failure) =>
      onEvent(failure ? { type: 'full', failure } : { type: 'no-longer-full' }),
  });
  const sendScript = createScriptSender(client);
  const isTrusted = () => relay.isTrusted();

  return {
    isRemote: true,
    ...createReaderOperations({ connection, sendScript, keyspace, oversized, isTrusted }),

    invalidate(key, version) {
      const send = () =>
        connection.runWhileRecovering(() =>
          client.invalidate(keyspace.value(key), keyspace.fence(key), version, floorTtlMs),
        );
      return sendScript(send).then(
        () => 'applied',
        (error: unknown) => {
          connection.suspend(error);
          return 'deferred';
        },
      );
    },

    state: () => connection.state,
    condition() {
      if (connection.state === 'bypassed') {
        return { state: 'bypassed', failure: connection.failure };
      }
      return memory.failure ? { state: 'full', failure: memory.failure } : { state: 'ready' };
    },
    waitUntilReady: (limitMs) => connection.waitUntilReady(limitMs),
    relayStatus: () => relay.status(),
    async close() {
      relay.stop();
      memory.close();
      await connection.close();
    },
  };
}
