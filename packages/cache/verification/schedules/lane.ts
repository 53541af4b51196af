import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Redis } from 'ioredis';
import { type CacheStore, createRedisStore, parseRedisUrl } from '../../src/index.js';
import { createRedisClient, type RedisClient } from '../../src/redis/connection/redis-client.js';
import { createKeyspace, type Keyspace } from '../../src/redis/keyspace.js';
import { createRedisRelayTarget } from '../../src/redis/redis-relay-target.js';
import type { RelayTarget } from '../../src/relay/relay-target.js';
import { VersionedRows } from './versioned-rows.js';

/** Long, so that a busy machine is not taken for an outage. */
const timeoutMs = 10_000;
/** Longer than any schedule. */
export const floorTtlMs = 600_000;

/** No claim ends during a schedule, and nothing is cleared in one. */
const times = { floorTtlMs, claimMs: 600_000, settleMs: 0 };

/**
 * What schedules run on, one after the other, each with fresh keys: a database, a namespace in
 * Redis, and the connections of two processes. Lanes side by side do not see each other.
 */
export interface Lane extends LaneParts {
  readonly processes: readonly [ProcessLink, ...ProcessLink[]];
  /** The beginning of keys that were never used in this lane, up to and including a colon. */
  freshPrefix(): string;
  close(): Promise<void>;
}

/** What the processes have in common. */
export interface LaneParts {
  readonly rows: VersionedRows;
  readonly keyspace: Keyspace;
  /** Reaches into Redis past the cache: an administrator, eviction, or another fault. */
  readonly operator: Redis;
}

/** How one process reaches Redis. */
export interface ProcessLink {
  readonly store: CacheStore;
  readonly relayTarget: RelayTarget;
}

/** Changes how a process speaks the protocol. */
export type Variant = (link: ProcessLink, lane: LaneParts) => ProcessLink;

/** The protocol as it is. */
export const faithful: Variant = (link) => link;

/** Opens a lane on a Redis server. */
export async function openLane(url: string, variant: Variant): Promise<Lane> {
  const namespace = `${randomUUID()}:`;
  const keyspace = createKeyspace(namespace);
  const operator = await connect(url);
  const rows = new VersionedRows();
  const parts: LaneParts = { rows, keyspace, operator };
  const links = [
    await openLink(url, namespace, rows),
    await openLink(url, namespace, rows),
  ] as const;
  let prefixes = 0;
  return {
    ...parts,
    freshPrefix: () => `${++prefixes}:`,
    processes: [variant(links[0], parts), variant(links[1], parts)],
    async close() {
      await Promise.all(links.map((link) => link.close()));
      operator.disconnect();
      parts.rows.close();
    },
  };
}

interface ClosableLink extends ProcessLink {
  close(): Promise<void>;
}

/** A real store and the relay's real half of one; the store's own relay does not poll in time. */
async function openLink(
  url: string,
  namespace: string,
  rows: VersionedRows,
): Promise<ClosableLink> {
  const store = createRedisStore({
    address: parseRedisUrl(url),
    namespace,
    timeoutMs,
    floorTtlMs,
    relay: { changeLog: rows.log, longestLifeMs: floorTtlMs, pollMs: floorTtlMs },
  });
  if (!(await store.waitUntilReady(timeoutMs))) {
    throw new Error('The store was not ready in time');
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
    timeoutMs,
    connectTimeoutMs: timeoutMs,
  });
  await once(client, 'ready');
  return client;
}
