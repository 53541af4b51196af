// Instead of packages/cache/dist/bounded-map.js: an LRU, which every hit sorts anew.
import { LRUCache } from 'lru-cache';

export class BoundedMap {
  #entries;

  constructor({ maxWeight, weigh = () => 1 }) {
    this.#entries = new LRUCache({
      maxSize: maxWeight,
      sizeCalculation: (value, key) => weigh(key, value),
    });
  }

  get(key) {
    return this.#entries.get(key);
  }

  set(key, value) {
    this.#entries.set(key, value);
  }

  delete(key) {
    this.#entries.delete(key);
  }
}
