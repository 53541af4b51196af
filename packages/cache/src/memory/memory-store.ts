import { LRUCache } from 'lru-cache';
import type {
  CacheStore,
  Fill,
  FillAnswer,
  LeaseAnswer,
  RefreshAnswer,
  RefreshRequest,
} from '../store/cache-store.js';

/** How much a memory store may hold. */
export interface MemoryStoreOptions {
  /** Bytes that keys and texts may take (as UTF-8); what was not used for long goes first. Default 64 MiB. */
  readonly maxBytes?: number;
  /** Milliseconds for which an invalidated version keeps lower ones out. Default 60,000. */
  readonly floorTtlMs?: number;
  /** The clock, in milliseconds from any start. Default `performance.now`. */
  readonly now?: () => number;
}

/** A store in this process's memory. */
export interface MemoryStore extends CacheStore {
  /** Removes all values, floors and leases; answers how many values there were. */
  clear(): number;
}

const mebibyte = 1024 * 1024;
const maxFences = 10_000;

/**
 * Makes a store in this process's memory, for a service that runs alone or without Redis. It is
 * always ready, keeps at most 10,000 leases and floors (losing one is harmless: its fill is
 * refused), and does not store a text that is larger than `maxBytes`.
 */
export function createMemoryStore(options: MemoryStoreOptions = {}): MemoryStore {
  const store = new LeasingMemory(options);
  return {
    isRemote: false,
    get: async (key) => store.get(key),
    getMany: async (keys) => store.getMany(keys),
    readOrLease: async (key, token, leaseMs) => store.readOrLease(key, token, leaseMs),
    leaseToRefresh: async (key, request) => store.leaseToRefresh(key, request),
    fill: async (key, fill) => store.fill(key, fill),
    release: async (key, token) => store.release(key, token),
    invalidate: async (key, version) => {
      store.invalidate(key, version);
      return 'applied';
    },
    discard: async (key, text) => store.discard(key, text),
    state: () => 'ready',
    clear: () => store.clear(),
    close: async () => {
      store.clear();
    },
  };
}

interface StoredText {
  readonly text: string;
  readonly expiresAt: number;
}

interface Fence {
  readonly floor: number;
  readonly lease?: { readonly token: string; readonly until: number };
}

class LeasingMemory {
  readonly #values: LRUCache<string, StoredText>;
  readonly #fences: LRUCache<string, Fence>;
  readonly #floorTtlMs: number;
  readonly #now: () => number;

  constructor({ maxBytes = 64 * mebibyte, floorTtlMs = 60_000, now }: MemoryStoreOptions) {
    this.#now = now ?? (() => performance.now());
    this.#floorTtlMs = floorTtlMs;
    this.#values = new LRUCache({
      // lru-cache takes 0 for no limit; no entry is as short as one byte.
      maxSize: Math.max(1, maxBytes),
      sizeCalculation: ({ text }, key) => Buffer.byteLength(text) + Buffer.byteLength(key),
    });
    this.#fences = new LRUCache({ max: maxFences, perf: { now: this.#now }, ttlResolution: 0 });
  }

  get(key: string): string | undefined {
    return this.getMany([key])[0];
  }

  getMany(keys: readonly string[]): (string | undefined)[] {
    const now = this.#now();
    return keys.map((key) => {
      const stored = this.#values.get(key);
      return stored !== undefined && stored.expiresAt >= now ? stored.text : undefined;
    });
  }

  readOrLease(key: string, token: string, leaseMs: number): LeaseAnswer {
    const text = this.get(key);
    if (text !== undefined) {
      return { kind: 'value', text };
    }
    return this.#takeLease(key, token, leaseMs);
  }

  leaseToRefresh(key: string, { token, leaseMs, withinMs }: RefreshRequest): RefreshAnswer {
    const expiresInMs =
      (this.#values.get(key)?.expiresAt ?? Number.NEGATIVE_INFINITY) - this.#now();
    if (expiresInMs < 0) {
      return { kind: 'absent' };
    }
    return expiresInMs > withinMs
      ? { kind: 'fresh', expiresInMs }
      : this.#takeLease(key, token, leaseMs);
  }

  fill(key: string, { token, text, version, ttlMs }: Fill): FillAnswer {
    const fence = this.#fences.get(key);
    if (!this.release(key, token) || version < (fence?.floor ?? 0)) {
      return 'refused';
    }
    this.#values.set(key, { text, expiresAt: this.#now() + ttlMs });
    return 'filled';
  }

  release(key: string, token: string): boolean {
    const fence = this.#fences.get(key);
    if (fence?.lease?.token !== token) {
      return false;
    }
    // lru-cache takes a life of 0 for an endless one.
    const ttl = Math.max(1, this.#fences.getRemainingTTL(key));
    this.#fences.set(key, { floor: fence.floor }, { ttl });
    return true;
  }

  invalidate(key: string, version: number): void {
    this.#values.delete(key);
    const floor = Math.max(version, this.#fences.get(key)?.floor ?? 0);
    this.#fences.set(key, { floor }, { ttl: this.#floorTtlMs });
  }

  discard(key: string, text: string): void {
    if (this.#values.get(key)?.text === text) {
      this.#values.delete(key);
    }
  }

  clear(): number {
    const { size } = this.#values;
    this.#values.clear();
    this.#fences.clear();
    return size;
  }

  #takeLease(key: string, token: string, leaseMs: number): { readonly kind: 'leased' | 'wait' } {
    const fence = this.#fences.get(key);
    const now = this.#now();
    if (fence?.lease && fence.lease.until > now) {
      return { kind: 'wait' };
    }
    const ttl = Math.max(leaseMs, this.#fences.getRemainingTTL(key));
    const lease = { token, until: now + leaseMs };
    this.#fences.set(key, { floor: fence?.floor ?? 0, lease }, { ttl });
    return { kind: 'leased' };
  }
}
