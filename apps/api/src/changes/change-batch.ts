import type { Change, Product } from '@product-api/contract';
import type { FeedEntry, FeedPage } from './change-repository.js';
import { type ChangeSelection, select } from './change-selection.js';
import { eventBlocks } from './event-text.js';
import type { FeedPosition } from './feed-position.js';

/** Returns the product with an id as it is now; undefined if there is none. */
export type FindProduct = (id: string) => Promise<Product | undefined>;

/**
 * Changes that were read together, for one reader or for many. Each product is read once for all
 * readers, and readers who select the same changes share the text of the events.
 */
export class ChangeBatch {
  readonly entries: readonly FeedEntry[];
  /** The place behind the changes. */
  readonly next: FeedPosition;
  readonly #findProduct: FindProduct;
  readonly #products = new Map<string, Promise<Product | undefined>>();
  readonly #blocks = new Map<ChangeSelection['include'], Promise<readonly string[]>>();

  constructor({ entries, next }: Pick<FeedPage, 'entries' | 'next'>, findProduct: FindProduct) {
    this.entries = entries;
    this.next = next;
    this.#findProduct = findProduct;
  }

  /** Returns the changes after a place. */
  after({ seq }: FeedPosition): ChangeBatch {
    const entries = this.entries.filter(({ position }) => position.seq > seq);
    return entries.length === this.entries.length
      ? this
      : new ChangeBatch({ entries, next: this.next }, this.#findProduct);
  }

  /** Returns some of the changes as a client gets them. */
  present(
    entries: readonly FeedEntry[],
    include: ChangeSelection['include'],
  ): Promise<readonly Change[]> {
    return Promise.all(
      entries.map(({ change }) => (include === 'product' ? this.#withProduct(change) : change)),
    );
  }

  /** Returns the events of the changes that a stream selects, in blocks of bounded size. */
  events(selection: ChangeSelection): Promise<readonly string[]> {
    const { include } = selection;
    const entries = select(this.entries, selection);
    if (entries.length < this.entries.length) {
      return this.present(entries, include).then(eventBlocks);
    }
    let blocks = this.#blocks.get(include);
    if (blocks === undefined) {
      blocks = this.present(entries, include).then(eventBlocks);
      this.#blocks.set(include, blocks);
    }
    return blocks;
  }

  /** Leaves out the product if it no longer exists. */
  async #withProduct(change: FeedEntry['change']): Promise<Change> {
    const id = change.product_id;
    let found = this.#products.get(id);
    if (found === undefined) {
      found = this.#findProduct(id);
      this.#products.set(id, found);
    }
    const product = await found;
    return product === undefined ? change : { ...change, product };
  }
}
