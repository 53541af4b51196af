/** One page of a list. */
export interface Page<Item> {
  readonly items: Item[];
  /** The cursor of the next page; null on the last page. */
  readonly next_cursor: string | null;
}

/** Fetches the page after a cursor, or the first page. */
export type FetchPage<ListPage> = (cursor: string | undefined) => PromiseLike<ListPage>;

/** Options of `PagedList.toArray`. */
export interface ToArrayOptions {
  /** The maximum number of items. Default: all. */
  readonly limit?: number;
}

/**
 * The items of a list, across all its pages. Each page is fetched when it is needed, and each
 * loop starts from the first page.
 *
 * @example
 * ```ts
 * for await (const product of client.products.list({ in_stock: true })) {
 *   console.log(product.name);
 * }
 * ```
 */
export class PagedList<Item, ListPage extends Page<Item> = Page<Item>>
  implements AsyncIterable<Item>
{
  readonly #fetchPage: FetchPage<ListPage>;
  readonly #firstCursor: string | undefined;

  constructor(fetchPage: FetchPage<ListPage>, firstCursor?: string) {
    this.#fetchPage = fetchPage;
    this.#firstCursor = firstCursor;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const page of this.pages()) {
      yield* page.items;
    }
  }

  /**
   * Returns the items as an array. Use it before you change what the list is sorted by: a loop
   * would meet changed items again.
   *
   * @example
   * ```ts
   * for (const { id, price } of await client.products.list({ sort: 'price' }).toArray()) {
   *   await client.products.update(id, { price: price * 2 });
   * }
   * ```
   */
  async toArray({ limit = Number.POSITIVE_INFINITY }: ToArrayOptions = {}): Promise<Item[]> {
    const items: Item[] = [];
    if (limit < 1) {
      return items;
    }
    for await (const item of this) {
      items.push(item);
      if (items.length >= limit) {
        break;
      }
    }
    return items;
  }

  /**
   * Returns the pages one by one.
   *
   * @example
   * ```ts
   * for await (const { items } of client.products.list({ sort: 'name' }).pages()) {
   *   console.log(items.length);
   * }
   * ```
   */
  async *pages(): AsyncGenerator<ListPage, void, undefined> {
    let cursor = this.#firstCursor;
    do {
      const page = await this.#fetchPage(cursor);
      yield page;
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
  }
}
