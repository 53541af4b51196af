import type { SeededRandom } from '@product-api/testing';

/** A place in the catalog, with the product that stands there until it is deleted. */
export interface Shelf {
  id: string;
  /** The product that stood there before: it is still asked for, and should not be found. */
  formerId: string | undefined;
}

/** The few products that all clients read and write, so that they meet. */
export class Catalog {
  readonly shelves: readonly [Shelf, ...Shelf[]];
  readonly #ids: Set<string>;
  readonly #random: SeededRandom;
  #lastValue = 0;

  constructor(ids: readonly [string, ...string[]], random: SeededRandom) {
    const [first, ...rest] = ids;
    const shelf = (id: string): Shelf => ({ id, formerId: undefined });
    this.shelves = [shelf(first), ...rest.map(shelf)];
    this.#ids = new Set(ids);
    this.#random = random;
  }

  /** The ids of the last products that were made, deleted ones among them. */
  newest(count: number): readonly string[] {
    return [...this.#ids].slice(-count);
  }

  /** A value that no other write to these products has, their creation but the first one's. */
  nextValue(): number {
    this.#lastValue += 1;
    return this.#lastValue;
  }

  /** One of the products that are there, or now and then one that was. */
  anyId(): string {
    const { id, formerId } = this.#random.pick(this.shelves);
    return formerId !== undefined && this.#random.next() < 0.2 ? formerId : id;
  }

  /** Puts another product where one was deleted, unless somebody has done so. */
  replace(shelf: Shelf, deletedId: string, id: string): void {
    this.#ids.add(id);
    if (shelf.id !== deletedId) {
      return;
    }
    shelf.formerId = deletedId;
    shelf.id = id;
  }
}
