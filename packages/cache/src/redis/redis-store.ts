import type { StoreEvent } from '../cache-event.js';
import type { CacheStore } from '../cache-store.js';
import { Relay } from '../relay/relay.js';
import type { RelayOptions, RelayStatus } from '../relay/relay-options.js';
import { clearNamespace, type DeleteBatch } from './clear-namespace.js';
import { CommandSlots } from './command-slots.js';
import { GuardedConnection, type Recovery } from './guarded-connection.js';
import { JoinedWrites } from './joined-writes.js';
import { createKeyspace, type Keyspace } from './keyspace.js';
import { createRedisClient, isWrongType, type RedisClient } from './redis-client.js';
import { createRedisRelayTarget } from './redis-relay-target.js';

/** Scripts that are under way at a time: some milliseconds' work for Redis. */
const scriptsUnderWay = 64;

/** How a Redis store connects, and when it gives Redis up. */
export interface RedisStoreOptions {
  /**
   * `redis://` or `rediss://` (TLS), with user, password and database number where needed; Redis
   * 6.2 or newer.
   */
  readonly url: string;
  /** The prefix of every value's key, such as `product:`. Every key under it belongs to the cache. */
  readonly namespace: string;
  /** Milliseconds after which a command without an answer fails. Default 50. */
  readonly timeoutMs?: number;
  /** Milliseconds after which an attempt to connect fails; no request waits for it. Default 1000. */
  readonly connectTimeoutMs?: number;
  /** So many failures in a row, or one failed invalidation, and Redis is bypassed. Default 3. */
  readonly failureThreshold?: number;
  /** Milliseconds for which an invalidated version keeps lower ones out. Default 60,000. */
  readonly floorTtlMs?: number;
  /**
   * How Redis is kept up to date with what it was not told, or has lost. Without it, every key of
   * the namespace is deleted at every connection and after every failed invalidation.
   */
  readonly relay?: RelayOptions;
  /** The key of the relay's watermark. Default: `cache:applied:` and the namespace. */
  readonly watermarkKey?: string;
  /** Called with what happens to the store; must not throw. */
  readonly onEvent?: (event: StoreEvent) => void;
}

/** A store in Redis. */
export interface RedisStore extends CacheStore {
  /** Waits at most `timeoutMs` milliseconds until the store is ready; answers whether it is. */
  waitUntilReady(timeoutMs: number): Promise<boolean>;
  /** How far Redis is behind the change log; undefined without a relay. */
  relayStatus(): RelayStatus | undefined;
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
  const keyspace = createKeyspace(options.namespace, options.watermarkKey);
  const client = createRedisClient({ url, timeoutMs, connectTimeoutMs });
  const relay =
    options.relay &&
    new Relay({
      ...options.relay,
      target: createRedisRelayTarget(client, keyspace, floorTtlMs),
      missingWatermark: 'replay',
      mayClearInUse: false,
      isInUse: () => connection.state === 'ready',
      onOutdated: (cause) => connection.suspend(cause),
      onEvent,
    });
  const recover = () => (relay ? catchUp(relay) : clearAll(client, keyspace));
  const connection = new GuardedConnection({ client, recover, failureThreshold, onEvent });
  const sendScript = scriptSender(client);

  return {
    isRemote: true,
    ...createReaderOperations(connection, sendScript, keyspace),

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
    waitUntilReady: (limitMs) => connection.waitUntilReady(limitMs),
    relayStatus: () => relay?.status(),
    async close() {
      relay?.stop();
      await connection.close();
    },
  };
}

/** Sends a script when its turn comes; settles as it does. */
type SendScript = <T>(send: () => Promise<T>) => Promise<T>;

function scriptSender(client: RedisClient): SendScript {
  const slots = new CommandSlots(scriptsUnderWay);
  const writes = new JoinedWrites(client);
  return (send) =>
    slots.run((hasCompany) => {
      // Who is alone would only wait for the end of the turn.
      if (hasCompany) {
        writes.join();
      }
      return send();
    });
}

async function catchUp(relay: Relay): Promise<Recovery> {
  const { applied, cleared } = await relay.catchUp();
  return { applied, cleared };
}

async function clearAll(client: RedisClient, keyspace: Keyspace): Promise<Recovery> {
  const deleteBatch: DeleteBatch = async (keys) => {
    await client.unlink(...keys);
    return true;
  };
  return { applied: 0, cleared: (await clearNamespace(client, keyspace, deleteBatch)) ?? 0 };
}

type ReaderOperations = Pick<
  CacheStore,
  'get' | 'getMany' | 'readOrLease' | 'leaseToRefresh' | 'fill' | 'release' | 'discard'
>;

function createReaderOperations(
  connection: GuardedConnection,
  sendScript: SendScript,
  { value, fence }: Keyspace,
): ReaderOperations {
  const runScript = <T>(script: (client: RedisClient) => Promise<T>) =>
    sendScript(() => connection.run(script));
  return {
    get: (key) =>
      connection.run((client) => client.get(value(key))).then(presentText, textInPlaceOf),

    async getMany(keys) {
      const texts = await connection.run((client) => client.mget(keys.map(value)));
      return texts.map(presentText);
    },

    readOrLease: (key, token, leaseMs) =>
      runScript((client) => client.readOrLease(value(key), fence(key), token, leaseMs)).then(
        (answer) =>
          answer[0] === 'value' ? { kind: 'value', text: answer[1] } : { kind: answer[0] },
      ),

    async leaseToRefresh(key, { token, leaseMs, withinMs }) {
      const answer = await connection.run((client) =>
        client.leaseToRefresh(value(key), fence(key), token, leaseMs, Math.ceil(withinMs)),
      );
      if (answer[0] !== 'fresh') {
        return { kind: answer[0] };
      }
      return {
        kind: 'fresh',
        expiresInMs: answer[1] === -1 ? Number.POSITIVE_INFINITY : answer[1],
      };
    },

    fill: (key, { token, text, version, ttlMs }) =>
      runScript((client) => client.fill(value(key), fence(key), token, text, version, ttlMs)).then(
        (stored) => (stored === 1 ? 'filled' : 'refused'),
      ),

    async release(key, token) {
      return (await connection.run((client) => client.release(fence(key), token))) === 1;
    },

    async discard(key, text) {
      await connection.run((client) => deleteText(client, value(key), text));
    },
  };
}

function presentText(text: string | null): string | undefined {
  return text ?? undefined;
}

/** READ-OR-LEASE, which follows a miss, removes a key of another type. */
function textInPlaceOf(error: unknown): undefined {
  if (!isWrongType(error)) {
    throw error;
  }
}

async function deleteText(client: RedisClient, key: string, text: string): Promise<void> {
  // A replacement character may stand for bytes that are not UTF-8, so the text is not what is stored.
  const bytes = text.includes('\uFFFD') ? await client.getBuffer(key) : text;
  if (bytes !== null && bytes.toString() === text) {
    await client.deleteIfEqual(key, bytes);
  }
}
