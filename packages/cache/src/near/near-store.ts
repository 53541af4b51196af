import type { StoreEvent } from '../cache-event.js';
import type { CacheStore } from '../cache-store.js';
import type { RedisAddress } from '../redis/redis-address.js';
import { InvalidationFeed } from './invalidation-feed.js';
import { NearTexts } from './near-texts.js';

const mebibyte = 1024 * 1024;
const longestAgeMs = 1000;

/** How a near tier works. */
export interface NearStoreOptions {
  /** The Redis behind it; a second connection is made to it. */
  readonly address: RedisAddress;
  /** The namespace of the store behind it: the prefix of its values' keys. */
  readonly namespace: string;
  /** Bytes that keys and texts may take (as UTF-8); what was not used for long goes first. Default 16 MiB. */
  readonly maxBytes?: number;
  /** Milliseconds for which a text may be served, at most 1000. Default 1000. */
  readonly maxAgeMs?: number;
  /** The clock, in milliseconds above 0. Default `performance.now`. */
  readonly now?: () => number;
  /** Called when the tier begins or ceases to be used; must not throw. */
  readonly onEvent?: (event: StoreEvent) => void;
}

/**
 * Puts a near tier before a store in Redis: texts that were just read are kept in this process, and
 * read again without asking Redis.
 *
 * Its promise is weaker than that of the store behind it. A write by this process is seen at once,
 * as ever. A write by another process is usually seen a message later (Redis tells which keys
 * change), and after `maxAgeMs` at the latest, whatever becomes of that message.
 *
 * It is used only while Redis tells of changes, and emptied when that connection ends or begins.
 *
 * @throws RangeError when `maxAgeMs` is not above 0 and at most 1000.
 */
export function createNearStore(store: CacheStore, options: NearStoreOptions): CacheStore {
  const { maxBytes = 16 * mebibyte, maxAgeMs = longestAgeMs } = options;
  const { now = () => performance.now(), onEvent = () => undefined } = options;
  if (!(maxAgeMs > 0 && maxAgeMs <= longestAgeMs)) {
    throw new RangeError(`maxAgeMs must be above 0 and at most ${longestAgeMs}, not ${maxAgeMs}`);
  }
  const texts = new NearTexts({ maxBytes, maxAgeMs, now });
  const feed = new InvalidationFeed({
    address: options.address,
    prefix: options.namespace,
    onKeys: (keys) => {
      for (const key of keys) {
        texts.drop(key);
      }
    },
    onAll: () => texts.clear(),
    onOn() {
      texts.clear();
      onEvent({ type: 'near-tier', state: 'on' });
    },
    onOff(failure) {
      texts.clear();
      onEvent({ type: 'near-tier', state: 'off', failure });
    },
  });
  return {
    ...store,
    isRemote: false,
    ...createNearReads(store, texts, () => feed.live),
    ...createNearWrites(store, texts),
    close() {
      feed.close();
      texts.clear();
      return store.close();
    },
  };
}

function createNearReads(
  store: CacheStore,
  texts: NearTexts,
  isLive: () => boolean,
): Pick<CacheStore, 'get' | 'getMany'> {
  async function getMissing(keys: readonly string[]): Promise<(string | undefined)[]> {
    const ends = keys.map((key) => texts.beginRead(key));
    let found: (string | undefined)[] = [];
    try {
      found = await store.getMany(keys);
      return found;
    } finally {
      for (const [index, end] of ends.entries()) {
        end(found[index]);
      }
    }
  }

  return {
    async get(key) {
      if (!isLive()) {
        return store.get(key);
      }
      const near = texts.get(key);
      if (near !== undefined) {
        return near;
      }
      const end = texts.beginRead(key);
      let text: string | undefined;
      try {
        text = await store.get(key);
        return text;
      } finally {
        end(text);
      }
    },

    async getMany(keys) {
      if (!isLive()) {
        return store.getMany(keys);
      }
      const near = texts.getMany(keys);
      if (!near.includes(undefined)) {
        return near;
      }
      const missing = keys.filter((_key, index) => near[index] === undefined);
      const far = (await getMissing(missing)).values();
      return near.map((text) => text ?? far.next().value);
    },
  };
}

/**
 * Every write of this process drops its key: before it, so that no old text is served while Redis is
 * slow to answer, and after it, so that nothing stays that was read from Redis meanwhile.
 */
function createNearWrites(
  store: CacheStore,
  texts: NearTexts,
): Pick<CacheStore, 'fill' | 'invalidate' | 'discard'> {
  async function around<T>(key: string, write: () => Promise<T>): Promise<T> {
    texts.drop(key);
    try {
      return await write();
    } finally {
      texts.drop(key);
    }
  }

  return {
    fill: (key, fill) => around(key, () => store.fill(key, fill)),
    invalidate: (key, version) => around(key, () => store.invalidate(key, version)),
    discard: (key, text) => around(key, () => store.discard(key, text)),
  };
}
