import type { SeededRandom } from '@product-api/testing';

/** One of a fixed number of products. A deleted product is replaced by a new one. */
export interface Slot {
  id: string;
  /** The id of the previous, deleted product. It is still read, and must not be found. */
  formerId: string | undefined;
}

/** The few products that all clients share, so that their reads and writes meet. */
export class ProductPool {
  readonly slots: readonly [Slot, ...Slot[]];
  readonly #ids: Set<string>;
  readonly #random: SeededRandom;
  #lastValue = 0;

  constructor(ids: readonly [string, ...string[]], random: SeededRandom) {
    const [first, ...rest] = ids;
    const slot = (id: string): Slot => ({ id, formerId: undefined });
    this.slots = [slot(first), ...rest.map(slot)];
    this.#ids = new Set(ids);
    this.#random = random;
  }

  /** Returns the ids of the products that were created last, including deleted ones. */
  newest(count: number): readonly string[] {
    return [...this.#ids].slice(-count);
  }

  /**
   * Returns a value that no other write has; only the products of the constructor have the value 0.
   */
  nextValue(): number {
    this.#lastValue += 1;
    return this.#lastValue;
  }

  /**
   * Returns a random product id; in one of five cases that of a deleted product, if there is one.
   */
  anyId(): string {
    const { id, formerId } = this.#random.pick(this.slots);
    return formerId !== undefined && this.#random.next() < 0.2 ? formerId : id;
  }

  /** Replaces a deleted product by a new one, unless another client has already replaced it. */
  replace(slot: Slot, deletedId: string, id: string): void {
    this.#ids.add(id);
    if (slot.id !== deletedId) {
      return;
    }
    slot.formerId = deletedId;
    slot.id = id;
  }
}
