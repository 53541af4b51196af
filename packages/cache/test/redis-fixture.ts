import { randomUUID } from 'node:crypto';
import { type RedisServer, startRedis } from '@product-api/testing';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import {
  type ChangeLog,
  parseRedisUrl,
  type RedisStore,
  type RedisStoreOptions,
  type RelayOptions,
} from '../src/index.js';
import { createRedisStore } from '../src/redis/redis-store.js';
import { RecordedLog } from './recorded-log.js';

/** A Redis server that all tests of a file share, and a client of it. */
export interface SharedRedis {
  readonly url: string;
  /** A plain Redis client, like an operator's, that bypasses the cache. */
  readonly operator: Redis;
  readonly server: RedisServer;
}

/** Starts a Redis server before the tests of this file, and stops it after them. */
export function sharedRedis(): SharedRedis {
  let server: RedisServer;
  let operator: Redis;
  beforeAll(async () => {
    server = await startRedis();
    operator = new Redis(server.url);
  });
  afterAll(async () => {
    operator.disconnect();
    await server.stop();
  });
  return {
    get url() {
      return server.url;
    },
    get operator() {
      return operator;
    },
    get server() {
      return server;
    },
  };
}

/** Starts a Redis server for the current test only, which may stop or crash it. */
export async function ownRedis(...options: Parameters<typeof startRedis>): Promise<RedisServer> {
  const server = await startRedis(...options);
  onTestFinished(() => server.stop());
  return server;
}

/** Connects a plain Redis client for the current test. */
export function connectOperator(url: string): Redis {
  const operator = new Redis(url);
  operator.on('error', () => undefined);
  onTestFinished(() => operator.disconnect());
  return operator;
}

/** Returns a namespace that no other test uses. */
export function freshNamespace(): string {
  return `${randomUUID()}:`;
}

/** Options for the store of a test. */
export type TestStoreOptions = Partial<Omit<RedisStoreOptions, 'address'>> & {
  readonly url: string;
};

/**
 * Returns options for a relay with much time for each poll. By default its log is empty, which is
 * enough for a test that loses no invalidation.
 */
export function patientRelay(changeLog: ChangeLog = new RecordedLog()): RelayOptions {
  return { changeLog, longestLifeMs: 60_000, maxLagMs: 60_000 };
}

/**
 * Creates a store for the current test, without waiting for its connection. By default its relay
 * follows an empty log. Its commands time out later than usual, so that a busy machine does not
 * look like an outage.
 */
export function makeStore({ url, ...options }: TestStoreOptions): RedisStore {
  const store = createRedisStore({
    address: parseRedisUrl(url),
    namespace: freshNamespace(),
    timeoutMs: 2000,
    relay: patientRelay(),
    ...options,
  });
  onTestFinished(() => store.close());
  return store;
}

/** Creates a store for the current test, and waits until it is ready. */
export async function openStore(options: TestStoreOptions): Promise<RedisStore> {
  const store = makeStore(options);
  if (!(await store.waitUntilReady(20_000))) {
    throw new Error('Expected the store to be ready within 5 seconds');
  }
  return store;
}
