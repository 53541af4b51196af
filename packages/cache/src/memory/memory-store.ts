import { LRUCache } from 'lru-cache';
import type {
  CacheStore,
  Fill,
  FillResult,
  LeaseResult,
  RefreshRequest,
  RefreshResult,
} from '../store/cache-store.js';

/** Options for a memory store. */
export interface MemoryStoreOptions {
  /** The most bytes of keys and texts; the least recently used are evicted. Default 64 MiB. */
  readonly maxBytes?: number;
  /** Milliseconds for which an invalidated version refuses lower versions. Default 60,000. */
  readonly floorTtlMs?: number;
  /** A monotonic clock, in milliseconds. Default `performance.now`. */
  readonly now?: () => number;
}

/** A store in the memory of this process. */
export interface MemoryStore extends CacheStore {
  /** Removes all values, floors and leases. Returns the number of values. */
  clear(): number;
}

const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;
const MAX_FENCES = 10_000;

/**
 * Creates a store in the memory of this process, for a service that runs alone or without Redis. It
 * is always ready. It keeps at most 10,000 leases and floors; the loss of one only refuses its
 * fill. A text larger than `maxBytes` is not stored.
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

  constructor({ maxBytes = DEFAULT_MAX_BYTES, floorTtlMs = 60_000, now }: MemoryStoreOptions) {
    this.#now = now ?? (() => performance.now());
    this.#floorTtlMs = floorTtlMs;
    this.#values = new LRUCache({
      // lru-cache treats 0 as unlimited; a limit of one byte stores nothing.
      maxSize: Math.max(1, maxBytes),
      sizeCalculation: ({ text }, key) => Buffer.byteLength(text) + Buffer.byteLength(key),
    });
    this.#fences = new LRUCache({ max: MAX_FENCES, perf: { now: this.#now }, ttlResolution: 0 });
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

  readOrLease(key: string, token: string, leaseMs: number): LeaseResult {
    const text = this.get(key);
    if (text !== undefined) {
      return { kind: 'value', text };
    }
    return this.#takeLease(key, token, leaseMs);
  }

  leaseToRefresh(key: string, { token, leaseMs, withinMs }: RefreshRequest): RefreshResult {
    const expiresInMs =
      (this.#values.get(key)?.expiresAt ?? Number.NEGATIVE_INFINITY) - this.#now();
    if (expiresInMs < 0) {
      return { kind: 'absent' };
    }
    return expiresInMs > withinMs
      ? { kind: 'fresh', expiresInMs }
      : this.#takeLease(key, token, leaseMs);
  }

  fill(key: string, { token, text, version, ttlMs }: Fill): FillResult {
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
    // lru-cache treats a time to live of 0 as unlimited.
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
