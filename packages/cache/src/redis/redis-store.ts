import type { StoreEvent } from '../cache-event.js';
import type { CacheStore } from '../cache-store.js';
import { GuardedConnection } from './guarded-connection.js';
import { createKeyspace, type Keyspace } from './keyspace.js';
import { PendingInvalidations } from './pending-invalidations.js';
import { createRecovery } from './recovery.js';
import { createRedisClient, isWrongType, type RedisClient } from './redis-client.js';

/** How a Redis store connects, and when it gives Redis up. */
export interface RedisStoreOptions {
  /** `redis://` or `rediss://` (TLS), with user, password and database number where needed. */
  readonly url: string;
  /**
   * The prefix of every value's key, such as `product:`. Every key under it belongs to the cache:
   * they are deleted at the first connection, and whenever it is not known which are outdated.
   */
  readonly namespace: string;
  /** Milliseconds after which a command without an answer fails. Default 50. */
  readonly timeoutMs?: number;
  /** Milliseconds after which an attempt to connect fails; no request waits for it. Default 1000. */
  readonly connectTimeoutMs?: number;
  /** So many failures in a row, or one failed invalidation, and Redis is bypassed. Default 3. */
  readonly failureThreshold?: number;
  /** Milliseconds for which an invalidated version keeps lower ones out. Default 60,000. */
  readonly floorTtlMs?: number;
  /** So many invalidations are remembered in an outage; after more, all is cleared. Default 10,000. */
  readonly maxPendingInvalidations?: number;
  /** Called with what happens to the store; must not throw. */
  readonly onEvent?: (event: StoreEvent) => void;
}

/** A store in Redis. */
export interface RedisStore extends CacheStore {
  /** Waits at most `timeoutMs` milliseconds until the store is ready; answers whether it is. */
  waitUntilReady(timeoutMs: number): Promise<boolean>;
}

/**
 * Makes a store in Redis and starts connecting, without waiting for it: the store is bypassed until
 * Redis has answered and nothing outdated is left in it.
 *
 * @throws TypeError when the namespace is empty.
 */
export function createRedisStore(options: RedisStoreOptions): RedisStore {
  const { url, timeoutMs = 50, connectTimeoutMs = 1000, floorTtlMs = 60_000 } = options;
  const { failureThreshold = 3, onEvent = () => undefined } = options;
  const keyspace = createKeyspace(options.namespace);
  const pending = new PendingInvalidations(options.maxPendingInvalidations ?? 10_000);
  const client = createRedisClient({ url, timeoutMs, connectTimeoutMs });

  async function invalidate(key: string, version: number): Promise<void> {
    await client.invalidate(keyspace.value(key), keyspace.fence(key), version, floorTtlMs);
    pending.confirm(key, version);
  }

  const recover = createRecovery({ client, keyspace, pending, invalidate, onEvent });
  const connection = new GuardedConnection({ client, recover, failureThreshold, onEvent });

  return {
    ...createReaderOperations(connection, keyspace),

    async invalidate(key, version) {
      pending.add(key, version);
      try {
        await connection.run(() => invalidate(key, version));
        return 'applied';
      } catch (error) {
        connection.suspend(error);
        return 'deferred';
      }
    },

    state: () => connection.state,
    waitUntilReady: (limitMs) => connection.waitUntilReady(limitMs),
    close: () => connection.close(),
  };
}

type ReaderOperations = Pick<CacheStore, 'get' | 'readOrLease' | 'fill' | 'release' | 'discard'>;

function createReaderOperations(
  connection: GuardedConnection,
  { value, fence }: Keyspace,
): ReaderOperations {
  return {
    async get(key) {
      try {
        return (await connection.run((client) => client.get(value(key)))) ?? undefined;
      } catch (error) {
        if (isWrongType(error)) {
          // READ-OR-LEASE, which follows a miss, removes such a key.
          return undefined;
        }
        throw error;
      }
    },

    async readOrLease(key, token, leaseMs) {
      const answer = await connection.run((client) =>
        client.readOrLease(value(key), fence(key), token, leaseMs),
      );
      return answer[0] === 'value' ? { kind: 'value', text: answer[1] } : { kind: answer[0] };
    },

    async fill(key, { token, text, version, ttlMs }) {
      const stored = await connection.run((client) =>
        client.fill(value(key), fence(key), token, text, version, ttlMs),
      );
      return stored === 1 ? 'filled' : 'refused';
    },

    async release(key, token) {
      return (await connection.run((client) => client.release(fence(key), token))) === 1;
    },

    async discard(key, text) {
      await connection.run((client) => deleteText(client, value(key), text));
    },
  };
}

async function deleteText(client: RedisClient, key: string, text: string): Promise<void> {
  // A replacement character may stand for bytes that are not UTF-8, so the text is not what is stored.
  const bytes = text.includes('\uFFFD') ? await client.getBuffer(key) : text;
  if (bytes !== null && bytes.toString() === text) {
    await client.deleteIfEqual(key, bytes);
  }
}
