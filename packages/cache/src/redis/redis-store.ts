import { Relay } from '../relay/relay.js';
import type { RelayStatus } from '../relay/relay-options.js';
import type { CacheStore } from '../store/cache-store.js';
import type { StoreCondition } from '../store/store-failure.js';
import { GuardedConnection } from './connection/guarded-connection.js';
import { createRedisClient, type RedisClient } from './connection/redis-client.js';
import { createScriptSender } from './connection/script-sender.js';
import { MemoryWatch } from './memory-watch.js';
import { OversizedValues } from './oversized-values.js';
import { createReaderOperations } from './reader-operations.js';
import { createRedisRelayTarget } from './redis-relay-target.js';
import {
  type RedisStoreOptions,
  type RedisStoreSettings,
  redisStoreSettings,
} from './redis-store-options.js';
import { createTokenBuckets, type TokenBuckets } from './token-buckets.js';
import { createTrial } from './trial.js';

/** A store in Redis. */
export interface RedisStore extends CacheStore {
  /** Waits up to `timeoutMs` milliseconds until the store is ready. Returns whether it is. */
  waitUntilReady(timeoutMs: number): Promise<boolean>;
  /** Returns the state of the store, with the reason if Redis is not fully used. */
  condition(): StoreCondition;
  /** Returns how far Redis is behind the change log. */
  relayStatus(): RelayStatus;
  /** Token buckets over the same connection; undefined without `bucketPrefix`. */
  readonly tokenBuckets: TokenBuckets | undefined;
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
  const settings = redisStoreSettings(options);
  const { keyspace, bucketPrefix } = settings;
  const { client, connection, relay, oversized, memory } = connectToRedis(settings);
  const sendScript = createScriptSender(client);
  const isTrusted = () => relay.isTrusted();

  return {
    isRemote: true,
    ...createReaderOperations({ connection, sendScript, keyspace, oversized, isTrusted }),

    invalidate(key, version) {
      const send = () =>
        connection.runWhileRecovering(() =>
          client.invalidate(keyspace.value(key), keyspace.fence(key), version, settings.floorTtlMs),
        );
      return sendScript(send).then(
        () => 'applied',
        (error: unknown) => {
          connection.suspend(error);
          return 'deferred';
        },
      );
    },

    tokenBuckets:
      bucketPrefix === undefined ? undefined : createTokenBuckets(connection, bucketPrefix),
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

/** Opens a guarded connection, with the parts that watch Redis and keep it up to date. */
function connectToRedis(settings: RedisStoreSettings) {
  const { address, keyspace, bucketPrefix, failureThreshold, onEvent } = settings;
  const client = createRedisClient(settings);
  const trial = createTrial({ client, keyspace, bucketPrefix, database: address.database });
  const relay = createRelay(settings, client, () => connection);
  const oversized = new OversizedValues({
    client,
    run: (commands) => connection.run(commands),
    onDeleted: (key, bytes) => onEvent({ type: 'oversized-value', key, bytes }),
  });
  const connection = new GuardedConnection({
    client,
    tryUse: trial.everything,
    async recover() {
      await oversized.remove();
      const { applied, cleared } = await relay.catchUp();
      return { applied, cleared };
    },
    failureThreshold,
    onOutOfMemory: (failure) => memory.refused(failure),
    onEvent,
  });
  const memory = new MemoryWatch({
    tryWrite: () => connection.run(trial.write),
    onChange: (failure) =>
      onEvent(failure ? { type: 'full', failure } : { type: 'no-longer-full' }),
  });
  return { client, connection, relay, oversized, memory };
}

/**
 * Creates the relay. It uses the connection only after that was created, from its first poll on.
 */
function createRelay(
  { relay, keyspace, floorTtlMs, onEvent }: RedisStoreSettings,
  client: RedisClient,
  connection: () => GuardedConnection,
): Relay {
  const { claimMs } = relay;
  const times = { floorTtlMs, claimMs, settleMs: claimMs / 2 };
  return new Relay({
    ...relay,
    target: createRedisRelayTarget(client, keyspace, times),
    missingWatermark: 'replay',
    mayClearInUse: false,
    isInUse: () => connection().state === 'ready',
    onOutdated: (cause) => connection().suspend(cause),
    onEvent,
  });
}
