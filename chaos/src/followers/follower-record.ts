import type { Change, Product } from '@product-api/contract';
import type { FollowerHistory, ReceivedChange } from '../history/feed-history.js';

/** What a follower got, and the copy of the products that it keeps. */
export class FollowerRecord {
  readonly #name: string;
  readonly #connections: { process: string; after: string; changes: ReceivedChange[] }[] = [];
  readonly #refusals: number[] = [];
  readonly #copy = new Map<string, string>();

  constructor(name: string) {
    this.#name = name;
  }

  /** Records a connection, and returns the function that records each of its changes. */
  connect(process: string, after: string): (change: ReceivedChange) => void {
    const changes: ReceivedChange[] = [];
    this.#connections.push({ process, after, changes });
    return ({ cursor, product_id, version, kind }) => {
      changes.push({ cursor, product_id, version, kind });
    };
  }

  /** Applies a change to the copy. */
  apply({ product_id, product }: Change): void {
    if (product === undefined) {
      this.#copy.delete(product_id);
    } else {
      this.#copy.set(product_id, JSON.stringify(product));
    }
  }

  /** Replaces the copy. */
  replaceAll(products: readonly Product[]): void {
    this.#copy.clear();
    for (const product of products) {
      this.#copy.set(product.id, JSON.stringify(product));
    }
  }

  /** Records an error response. A process without its database may respond with 503. */
  refuse(status: number): void {
    if (status !== 503) {
      this.#refusals.push(status);
    }
  }

  history(): FollowerHistory {
    return {
      name: this.#name,
      connections: this.#connections,
      refusals: this.#refusals,
      // A line begins with the id of its product.
      copy: [...this.#copy.values()].sort(),
    };
  }
}
