import { randomUUID } from 'node:crypto';
import { type RedisServer, startRedis } from '@product-api/testing';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import {
  type ChangeLog,
  createRedisStore,
  parseRedisUrl,
  type RedisStore,
  type RedisStoreOptions,
  type RelayOptions,
} from '../src/index.js';
import { RecordedLog } from './recorded-log.js';

/** A Redis server that all tests of a file share. */
export interface SharedRedis {
  readonly url: string;
  /** A plain client, as an operator would use it. */
  readonly operator: Redis;
  readonly server: RedisServer;
}

/** Starts a Redis server before the tests of this file and stops it after them. */
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

/** Starts a Redis server for the present test alone, which may stop or crash it. */
export async function ownRedis(...options: Parameters<typeof startRedis>): Promise<RedisServer> {
  const server = await startRedis(...options);
  onTestFinished(() => server.stop());
  return server;
}

/** Connects as an operator would, for the present test. */
export function connectOperator(url: string): Redis {
  const operator = new Redis(url);
  operator.on('error', () => undefined);
  onTestFinished(() => operator.disconnect());
  return operator;
}

/** A namespace that no other test uses. */
export function freshNamespace(): string {
  return `${randomUUID()}:`;
}

/** How a test makes a store. */
export type TestStoreOptions = Partial<Omit<RedisStoreOptions, 'address'>> & {
  readonly url: string;
};

/**
 * A relay that follows a log with much time for each poll. By default the log is empty: the source of
 * a test that loses no invalidation needs none.
 */
export function patientRelay(changeLog: ChangeLog = new RecordedLog()): RelayOptions {
  return { changeLog, longestLifeMs: 60_000, maxLagMs: 60_000 };
}

/**
 * Makes a store for the present test, connected or not; by default it follows an empty log. Its
 * commands have more time than by default, so that a busy machine is not taken for an outage.
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

/** Makes a store for the present test and waits until it is ready. */
export async function openStore(options: TestStoreOptions): Promise<RedisStore> {
  const store = makeStore(options);
  if (!(await store.waitUntilReady(5000))) {
    throw new Error('The store was not ready in time');
  }
  return store;
}
