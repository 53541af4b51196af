import type { Change, Product } from '@product-api/contract';
import type { ReadTurns } from '../concurrency/read-turns.js';
import type { FeedEntry, FeedPage } from './change-repository.js';
import { type ChangeSelection, select } from './change-selection.js';
import { eventBlocks } from './event-text.js';
import type { FeedPosition } from './feed-position.js';

/** Returns the product with an id as it is now; undefined if there is none. */
export type FindProduct = (id: string) => Promise<Product | undefined>;

/** Products that a reader has in memory: their descriptions take at most 1.5 MiB as JSON. */
const PRODUCTS_AT_ONCE = 25;

/** What a batch needs. */
export interface ChangeBatchOptions {
  readonly findProduct: FindProduct;
  /**
   * Whether the batch has many readers: each product is then read once for all of them, and readers
   * that select all changes share the text of the events.
   */
  readonly isShared: boolean;
  /** The turns of the readers that read products by themselves. Default: they take none. */
  readonly turns?: ReadTurns;
}

/** Changes that were read together. */
export class ChangeBatch {
  readonly entries: readonly FeedEntry[];
  /** The place behind the changes. */
  readonly next: FeedPosition;
  readonly #options: ChangeBatchOptions;
  readonly #products = new Map<string, Promise<Product | undefined>>();
  readonly #blocks = new Map<ChangeSelection['include'], Promise<readonly string[]>>();

  constructor({ entries, next }: Pick<FeedPage, 'entries' | 'next'>, options: ChangeBatchOptions) {
    this.entries = entries;
    this.next = next;
    this.#options = options;
  }

  /** Returns the changes after a place. */
  after({ seq }: FeedPosition): ChangeBatch {
    const entries = this.entries.filter(({ position }) => position.seq > seq);
    return entries.length === this.entries.length
      ? this
      : new ChangeBatch({ entries, next: this.next }, { ...this.#options, isShared: false });
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
  async *events(selection: ChangeSelection): AsyncGenerator<string, void, undefined> {
    const { include } = selection;
    const entries = select(this.entries, selection);
    if (this.#options.isShared && entries.length === this.entries.length) {
      yield* await this.#sharedBlocks(include);
      return;
    }
    const size = include === 'product' ? PRODUCTS_AT_ONCE : Math.max(1, entries.length);
    for (let index = 0; index < entries.length; index += size) {
      if (index > 0) {
        await this.#options.turns?.next();
      }
      yield* eventBlocks(await this.present(entries.slice(index, index + size), include));
    }
  }

  #sharedBlocks(include: ChangeSelection['include']): Promise<readonly string[]> {
    let blocks = this.#blocks.get(include);
    if (blocks === undefined) {
      blocks = this.present(this.entries, include).then(eventBlocks);
      this.#blocks.set(include, blocks);
    }
    return blocks;
  }

  /** Leaves out the product if it no longer exists. */
  async #withProduct(change: FeedEntry['change']): Promise<Change> {
    const product = await this.#find(change.product_id);
    return product === undefined ? change : { ...change, product };
  }

  #find(id: string): Promise<Product | undefined> {
    const { findProduct, isShared } = this.#options;
    if (!isShared) {
      return findProduct(id);
    }
    let found = this.#products.get(id);
    if (found === undefined) {
      found = findProduct(id);
      this.#products.set(id, found);
    }
    return found;
  }
}
