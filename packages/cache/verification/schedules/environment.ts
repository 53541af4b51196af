import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Redis } from 'ioredis';
import { type CacheStore, parseRedisUrl } from '../../src/index.js';
import { createRedisClient, type RedisClient } from '../../src/redis/connection/redis-client.js';
import { createKeyspace, type Keyspace } from '../../src/redis/keyspace.js';
import { createRedisRelayTarget } from '../../src/redis/redis-relay-target.js';
import { createRedisStore } from '../../src/redis/redis-store.js';
import type { RelayTarget } from '../../src/relay/relay-target.js';
import { VersionedRows } from './versioned-rows.js';

/** Long enough that a busy machine does not look like an outage. */
const TIMEOUT_MS = 10_000;
/** Longer than any schedule takes. */
export const FLOOR_TTL_MS = 600_000;

/** No claim expires during a schedule, and no schedule clears the namespace. */
const times = { floorTtlMs: FLOOR_TTL_MS, claimMs: 600_000, settleMs: 0 };

/**
 * A database, a namespace in Redis, and the connections of two processes. Schedules run in an
 * environment one after the other, each with fresh keys. Environments are isolated from each other.
 */
export interface Environment extends SharedResources {
  readonly connections: readonly [ProcessConnection, ...ProcessConnection[]];
  /** Returns a prefix of keys that this environment has never used; it ends with a colon. */
  freshPrefix(): string;
  close(): Promise<void>;
}

/** The resources that all processes of an environment use. */
export interface SharedResources {
  readonly rows: VersionedRows;
  readonly keyspace: Keyspace;
  /** A plain Redis client that bypasses the cache, to inject faults and to inspect keys. */
  readonly operator: Redis;
}

/** The two halves of a process's connection to Redis: one for its readers, one for its relay. */
export interface ProcessConnection {
  readonly store: CacheStore;
  readonly relayTarget: RelayTarget;
}

/** Changes the protocol that a process speaks. */
export type Variant = (
  connection: ProcessConnection,
  resources: SharedResources,
) => ProcessConnection;

/** The protocol as the cache implements it. */
export const realProtocol: Variant = (connection) => connection;

/** Opens an environment on a Redis server, whose processes speak the given variant. */
export async function openEnvironment(url: string, variant: Variant): Promise<Environment> {
  const namespace = `${randomUUID()}:`;
  const keyspace = createKeyspace(namespace);
  const operator = await connect(url);
  const rows = new VersionedRows();
  const resources: SharedResources = { rows, keyspace, operator };
  const connections = [
    await openConnection(url, namespace, rows),
    await openConnection(url, namespace, rows),
  ] as const;
  let prefixes = 0;
  return {
    ...resources,
    freshPrefix: () => `${++prefixes}:`,
    connections: [variant(connections[0], resources), variant(connections[1], resources)],
    async close() {
      await Promise.all(connections.map((connection) => connection.close()));
      operator.disconnect();
      rows.close();
    },
  };
}

interface ClosableConnection extends ProcessConnection {
  close(): Promise<void>;
}

/**
 * Opens a real store and a real relay target. The store's own relay polls too rarely to run during
 * a schedule: relays run only as operations of a schedule.
 */
async function openConnection(
  url: string,
  namespace: string,
  rows: VersionedRows,
): Promise<ClosableConnection> {
  const store = createRedisStore({
    address: parseRedisUrl(url),
    namespace,
    timeoutMs: TIMEOUT_MS,
    floorTtlMs: FLOOR_TTL_MS,
    relay: { changeLog: rows.log, longestLifeMs: FLOOR_TTL_MS, pollMs: FLOOR_TTL_MS },
  });
  if (!(await store.waitUntilReady(TIMEOUT_MS))) {
    throw new Error(`The store was not ready within ${TIMEOUT_MS} ms`);
  }
  const client = await connect(url);
  return {
    store,
    relayTarget: createRedisRelayTarget(client, createKeyspace(namespace), times),
    async close() {
      client.disconnect();
      await store.close();
    },
  };
}

async function connect(url: string): Promise<RedisClient> {
  const client = createRedisClient({
    address: parseRedisUrl(url),
    timeoutMs: TIMEOUT_MS,
    connectTimeoutMs: TIMEOUT_MS,
  });
  await once(client, 'ready');
  return client;
}
