import { eventually } from '@product-api/testing';
import { Redis } from 'ioredis';
import { expect, onTestFinished } from 'vitest';
import type {
  Cache,
  ClearReason,
  RedisStore,
  RelayOptions,
  StoreEvent,
  StoreFailureKind,
} from '../src/index.js';
import { createCache } from '../src/index.js';
import { type Note, noteCodec } from './notes.js';
import { freshNamespace, makeStore, type TestStoreOptions } from './redis-fixture.js';
import { openSqliteNotes, type SqliteNotes } from './sqlite-notes.js';

/** A process that serves notes from Redis, behind its relay. */
export interface RelayedProcess {
  readonly store: RedisStore;
  readonly cache: Cache<Note>;
  readonly events: StoreEvent[];
  /** Reads a note as a user of this process does. */
  read(id: string): Promise<string | undefined>;
  /** Whether it would serve a note from Redis. */
  isHit(id: string): Promise<boolean>;
  /** Writes a note as this process does: commits, then tells Redis. */
  write(id: string, text: string): Promise<void>;
  isReady(): boolean;
  /** Why the claim of others kept the process from using Redis, each time that it was reported. */
  claims(): StoreFailureKind[];
  /** Why the process cleared Redis, each time. */
  clearings(): ClearReason[];
}

/** What the processes of one deployment share. */
export interface Deployment {
  readonly notes: SqliteNotes;
  readonly namespace: string;
  readonly watermarkKey: string;
  readonly claimKey: string;
  readonly operator: Redis;
  /** Starts a process, by default on the deployment's own way to Redis, and waits until it is ready. */
  start(options?: ProcessOptions): Promise<RelayedProcess>;
  watermark(): Promise<string | null>;
  /** Waits until the watermark is at the log's head. */
  untilApplied(): Promise<void>;
  /** Puts a text into Redis that stands for one whose invalidation was lost. */
  plant(id: string, text: string): Promise<unknown>;
}

/** How a process of a deployment differs from the others. */
export interface ProcessOptions extends Partial<Omit<TestStoreOptions, 'relay'>> {
  readonly relay?: Partial<RelayOptions>;
  /** Milliseconds to wait until it is ready, at most. Default 5000. */
  readonly startMs?: number;
}

/** Sets up a database and a namespace in Redis, for the present test. */
export function deploy(
  redisUrl: string,
  notes = openSqliteNotes(),
  namespace = freshNamespace(),
): Deployment {
  const watermarkKey = `${namespace.slice(0, -1)}.applied`;
  const operator = new Redis(redisUrl);
  operator.on('error', () => undefined);
  onTestFinished(() => operator.disconnect());
  return {
    notes,
    namespace,
    watermarkKey,
    claimKey: `cache:owner:${namespace}`,
    operator,
    start: (options = {}) =>
      startProcess(notes, { url: redisUrl, namespace, watermarkKey, ...options }),
    watermark: () => operator.get(watermarkKey),
    untilApplied: () =>
      eventually(async () =>
        expect(await operator.get(watermarkKey)).toMatch(
          new RegExp(`^[0-9a-f]{32} ${notes.head()} `),
        ),
      ),
    plant: (id, text) => operator.set(`${namespace}${id}`, JSON.stringify({ id, text })),
  };
}

async function startProcess(
  notes: SqliteNotes,
  { relay, startMs = 5000, ...options }: ProcessOptions & { url: string },
): Promise<RelayedProcess> {
  const events: StoreEvent[] = [];
  const store = makeStore({
    ...options,
    // Short, as a clearing waits for half of it.
    relay: { changeLog: notes.changeLog, longestLifeMs: 60_000, claimMs: 1500, ...relay },
    onEvent: (event) => events.push(event),
  });
  await store.waitUntilReady(startMs);
  const cache = createCache({ store, codec: noteCodec });
  return {
    store,
    cache,
    events,
    read: async (id) => (await cache.getOrLoad(id, notes.load)).value?.text,
    isHit: async (id) => (await cache.peek(id)) !== undefined,
    write: async (id, text) => cache.invalidate(id, notes.write(id, text)),
    isReady: () => store.state() === 'ready',
    claims: () =>
      events
        .flatMap((event) => ('failure' in event ? [event.failure.kind] : []))
        .filter((kind) => kind.startsWith('claimed-by-')),
    clearings: () => events.flatMap((event) => (event.type === 'cleared' ? [event.reason] : [])),
  };
}
