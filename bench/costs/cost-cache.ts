/** The operations of a cache that are compared. */
export interface CostCache {
  /** Reads a key that is cached. */
  hit(key: string): Promise<unknown>;
  /** Reads a key that is not cached: reads from Redis, loads, stores. */
  miss(key: string): Promise<unknown>;
  /** Removes a key after a write. */
  invalidate(key: string, version: number): Promise<unknown>;
  close(): Promise<void>;
}

/** A value as small as a product. Its load costs nothing, so that only the cache is measured. */
export const cachedValue = {
  name: 'Wireless Mouse',
  description: 'Ergonomic wireless mouse',
  price: 29.99,
};
