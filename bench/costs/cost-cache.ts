/** What both sides of the comparison can do; keys are those of one Redis. */
export interface CostCache {
  /** Reads a key that is there. */
  hit(key: string): Promise<unknown>;
  /** Reads a key that is not there: asks Redis, loads, stores. */
  miss(key: string): Promise<unknown>;
  /** Makes a key absent after a write. */
  invalidate(key: string, version: number): Promise<unknown>;
  close(): Promise<void>;
}

/** A value as small as a product, and its load, which costs nothing: what is measured is the cache. */
export const cachedValue = {
  name: 'Wireless Mouse',
  description: 'Ergonomic wireless mouse',
  price: 29.99,
};
