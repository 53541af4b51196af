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

/** A process that serves notes from Redis, and follows the change log with its relay. */
export interface RelayedProcess {
  readonly store: RedisStore;
  readonly cache: Cache<Note>;
  readonly events: StoreEvent[];
  /** Reads a note through the cache, and returns its text. */
  read(id: string): Promise<string | undefined>;
  /** Returns whether a read of a note would be a hit. */
  isHit(id: string): Promise<boolean>;
  /** Writes a note: commits, and then invalidates the key. */
  write(id: string, text: string): Promise<void>;
  isReady(): boolean;
  /** Returns the kind of each reported failure that was due to the claim of another database. */
  claims(): StoreFailureKind[];
  /** Returns the reason of each clearing. */
  clearings(): ClearReason[];
}

/** The database and the Redis namespace that the processes of one deployment share. */
export interface Deployment {
  readonly notes: SqliteNotes;
  readonly namespace: string;
  readonly watermarkKey: string;
  readonly claimKey: string;
  readonly operator: Redis;
  /**
   * Starts a process, by default with the Redis URL of the deployment, and waits until it is ready.
   */
  start(options?: ProcessOptions): Promise<RelayedProcess>;
  watermark(): Promise<string | null>;
  /** Waits until the watermark is at the head of the log. */
  untilApplied(): Promise<void>;
  /** Sets a value in Redis directly, like a stale one whose invalidation was lost. */
  plant(id: string, text: string): Promise<unknown>;
}

/** Options for one process of a deployment. */
export interface ProcessOptions extends Partial<Omit<TestStoreOptions, 'relay'>> {
  readonly relay?: Partial<RelayOptions>;
  /** The longest time to wait until the process is ready, in milliseconds. Default 20,000. */
  readonly startMs?: number;
}

/**
 * Creates a deployment for the current test: by default an empty database and a fresh namespace.
 */
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
  { relay, startMs = 20_000, ...options }: ProcessOptions & { url: string },
): Promise<RelayedProcess> {
  const events: StoreEvent[] = [];
  const store = makeStore({
    ...options,
    // Short, because a clearing waits for half of it.
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
