import { type RelayOptions, type RelayTimes, relayTimes } from '../relay/relay-options.js';
import type { StoreEvent } from '../store/store-event.js';
import type { RedisAddress } from './address/redis-address.js';
import { createKeyspace, type Keyspace } from './keyspace.js';

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
  /** Milliseconds after which an attempt to connect fails; requests do not wait. Default 1000. */
  readonly connectTimeoutMs?: number;
  /**
   * The number of consecutive failures after which Redis is bypassed. One failed invalidation is
   * enough. Default 3.
   */
  readonly failureThreshold?: number;
  /** Milliseconds for which an invalidated version refuses lower versions. Default 60,000. */
  readonly floorTtlMs?: number;
  /**
   * The beginning of the keys of token buckets, after `prefix`, such as `limits:`. Default: the
   * store has no token buckets.
   */
  readonly bucketPrefix?: string;
  /** Options for the relay, which applies changes that were not invalidated or were lost. */
  readonly relay: RelayOptions;
  /** The key of the relay's watermark. Default: prefix, `cache:applied:` and namespace. */
  readonly watermarkKey?: string;
  /** The key of the relay's claim. Default: prefix, `cache:owner:` and namespace. */
  readonly claimKey?: string;
  /** Called with each event of the store. Must not throw. */
  readonly onEvent?: (event: StoreEvent) => void;
}

/** The options with all defaults filled in, and the names of the keys. */
export interface RedisStoreSettings
  extends Required<
    Pick<
      RedisStoreOptions,
      'address' | 'timeoutMs' | 'connectTimeoutMs' | 'failureThreshold' | 'floorTtlMs' | 'onEvent'
    >
  > {
  readonly keyspace: Keyspace;
  /** The beginning of the whole keys of token buckets; undefined if there are none. */
  readonly bucketPrefix: string | undefined;
  readonly relay: RelayOptions & RelayTimes;
}

/**
 * Fills in the defaults.
 *
 * @throws {TypeError} when the namespace is empty.
 */
export function redisStoreSettings(options: RedisStoreOptions): RedisStoreSettings {
  const { address, relay, timeoutMs = 50, connectTimeoutMs = 1000 } = options;
  const { failureThreshold = 3, floorTtlMs = 60_000, onEvent = () => undefined } = options;
  const keyspace = createKeyspace(options.namespace, {
    prefix: options.prefix,
    keyPattern: options.keyPattern,
    watermark: options.watermarkKey,
    claim: options.claimKey,
  });
  return {
    address,
    keyspace,
    bucketPrefix:
      options.bucketPrefix === undefined
        ? undefined
        : `${options.prefix ?? ''}${options.bucketPrefix}`,
    relay: { ...relay, ...relayTimes(relay, timeoutMs) },
    timeoutMs,
    connectTimeoutMs,
    failureThreshold,
    floorTtlMs,
    onEvent,
  };
}
