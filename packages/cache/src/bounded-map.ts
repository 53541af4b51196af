/** What a bounded map may hold. */
export interface BoundedMapOptions<V> {
  /** The sum of all weights, at most. */
  readonly maxWeight: number;
  /** How much an entry counts. Default 1. */
  readonly weigh?: (key: string, value: V) => number;
}

/**
 * A map that forgets what was not used for long, half of everything at a time. To read what was used
 * of late changes nothing, which makes it several times faster than one that keeps an exact order.
 */
export class BoundedMap<V> {
  readonly #maxHalf: number;
  readonly #weigh: (key: string, value: V) => number;
  #young = new Map<string, V>();
  #old = new Map<string, V>();
  #weightOfYoung = 0;

  constructor({ maxWeight, weigh = () => 1 }: BoundedMapOptions<V>) {
    this.#maxHalf = maxWeight / 2;
    this.#weigh = weigh;
  }

  get(key: string): V | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) {
      return young;
    }
    const old = this.#old.get(key);
    if (old !== undefined) {
      this.set(key, old);
    }
    return old;
  }

  /** Sets an entry; one that weighs more than half of what the map may hold is not kept. */
  set(key: string, value: V): void {
    this.delete(key);
    const weight = this.#weigh(key, value);
    if (weight > this.#maxHalf) {
      return;
    }
    if (this.#weightOfYoung + weight > this.#maxHalf) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#weightOfYoung = 0;
    }
    this.#young.set(key, value);
    this.#weightOfYoung += weight;
  }

  /** How many entries there are. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
    this.#weightOfYoung = 0;
  }

  delete(key: string): void {
    const young = this.#young.get(key);
    if (young !== undefined) {
      this.#young.delete(key);
      this.#weightOfYoung -= this.#weigh(key, young);
    }
    this.#old.delete(key);
  }
}
