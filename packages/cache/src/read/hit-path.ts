import type { CacheStore } from '../store/cache-store.js';
import type { CachePeek, Load } from './cache-read.js';
import type { Failsafe } from './failsafe.js';
import { LoneReads } from './lone-reads.js';
import { TickBatch, type WaitingRequest } from './tick-batch.js';
import type { ValueCheck } from './value-check.js';

/** Options for the hit path. */
export interface HitPathOptions<V> {
  readonly store: CacheStore;
  readonly failsafe: Failsafe;
  readonly valueCheck: ValueCheck<V>;
  /** The cache's clock, in milliseconds. */
  readonly now: () => number;
  /**
   * Called with every hit of a read that has a load, and its time. The read does not wait for it.
   */
  readonly afterHit: (key: string, hit: CachePeek<V>, load: Load<V>, hitAt: number) => void;
}

/** Reads valid values from the store. Never rejects. */
export interface HitPath<V> {
  /** Returns the value under a key, or undefined if there is none. */
  peek(key: string, load?: Load<V>): Promise<CachePeek<V> | undefined>;
  /** Returns the values under these keys, in their order; undefined for each without a value. */
  peekMany(keys: readonly string[], load?: Load<V>): Promise<(CachePeek<V> | undefined)[]>;
  /** Returns the length of the latest text that was read under a key, if it is known. */
  knownLength(key: string): number | undefined;
}

interface Read<V> {
  readonly key: string;
  readonly load: Load<V> | undefined;
}

type Hit<V> = CachePeek<V> | undefined;

const nothing = Promise.resolve(undefined);

/**
 * Creates the hit path. It reads all keys that are requested in one turn of the event loop with one
 * plain read of the store; a read that is probably alone in its turn is sent immediately.
 */
export function createHitPath<V>(options: HitPathOptions<V>): HitPath<V> {
  const { store, failsafe, valueCheck, now, afterHit } = options;
  const loneReads = new LoneReads(store);
  const batch = new TickBatch<Read<V>, Hit<V>>(readBatch);

  function readBatch(reads: readonly WaitingRequest<Read<V>, Hit<V>>[]): void {
    loneReads.beginBatch(reads.length);
    const byKey = groupByKey(reads);
    void readTexts(failsafe, [...byKey.keys()]).then((texts) => {
      loneReads.ended();
      const readAt = now();
      let position = 0;
      for (const [key, readsOfKey] of byKey) {
        const text = texts[position];
        const hit = hitOf(key, text);
        const result = hit ?? discardInvalid(key, text);
        for (const { request, resolve } of readsOfKey) {
          noteHit(key, hit, request.load, readAt);
          resolve(result);
        }
        position += 1;
      }
    });
  }

  function readAlone(key: string, load: Load<V> | undefined): Promise<Hit<V>> {
    return readText(failsafe, key).then((text) => {
      loneReads.ended();
      const hit = hitOf(key, text);
      noteHit(key, hit, load, now());
      return hit ?? discardInvalid(key, text);
    });
  }

  function hitOf(key: string, text: string | undefined): Hit<V> {
    return text === undefined ? undefined : valueCheck.asHit(key, text);
  }

  function noteHit(key: string, hit: Hit<V>, load: Load<V> | undefined, readAt: number): void {
    if (hit !== undefined && load !== undefined) {
      afterHit(key, hit, load, readAt);
    }
  }

  /** Deletes an invalid text. Its readers wait for that, so that their loads can fill the key. */
  function discardInvalid(key: string, text: string | undefined): undefined | Promise<undefined> {
    return text === undefined ? undefined : discard(key, text);
  }

  function discard(key: string, text: string): Promise<undefined> {
    return valueCheck.discard(key, text).then(() => undefined);
  }

  async function readMany(keys: readonly string[], load: Load<V> | undefined): Promise<Hit<V>[]> {
    const texts = await readTexts(failsafe, keys);
    const readAt = now();
    const discarded: Promise<undefined>[] = [];
    const hits = keys.map((key, index) => {
      const text = texts[index];
      const hit = hitOf(key, text);
      noteHit(key, hit, load, readAt);
      if (hit === undefined && text !== undefined) {
        discarded.push(discard(key, text));
      }
      return hit;
    });
    await Promise.all(discarded);
    return hits;
  }

  return {
    peek(key, load) {
      if (store.state() === 'bypassed') {
        return nothing;
      }
      return loneReads.tryBegin() ? readAlone(key, load) : batch.request({ key, load });
    },

    peekMany: async (keys, load) =>
      store.state() === 'bypassed' || keys.length === 0
        ? keys.map(() => undefined)
        : readMany(keys, load),

    knownLength: valueCheck.knownLength,
  };
}

/** Groups reads by key, so that the store reads each key once. */
function groupByKey<V>(
  reads: readonly WaitingRequest<Read<V>, Hit<V>>[],
): ReadonlyMap<string, readonly WaitingRequest<Read<V>, Hit<V>>[]> {
  const byKey = new Map<string, WaitingRequest<Read<V>, Hit<V>>[]>();
  for (const read of reads) {
    const ofKey = byKey.get(read.request.key);
    if (ofKey === undefined) {
      byKey.set(read.request.key, [read]);
    } else {
      ofKey.push(read);
    }
  }
  return byKey;
}

function readText(failsafe: Failsafe, key: string): Promise<string | undefined> {
  return failsafe('get', key, (store) => store.get(key));
}

async function readTexts(
  failsafe: Failsafe,
  keys: readonly string[],
): Promise<readonly (string | undefined)[]> {
  const [first = '', ...others] = keys;
  return others.length === 0
    ? [await readText(failsafe, first)]
    : ((await failsafe('get-many', first, (store) => store.getMany(keys))) ?? []);
}
