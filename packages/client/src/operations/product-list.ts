import type { Product, ProductPage } from '../generated/contract.js';

/** Fetches the page after a cursor, or the first page. */
export type FetchPage = (cursor: string | undefined) => PromiseLike<ProductPage>;

/** Options of `ProductList.toArray`. */
export interface ToArrayOptions {
  /** The maximum number of products. Default: all. */
  readonly limit?: number;
}

/**
 * The products of a list, across all its pages. Each page is fetched when it is needed, and each
 * loop starts from the first page.
 *
 * @example
 * ```ts
 * for await (const product of client.products.list({ in_stock: true })) {
 *   console.log(product.name);
 * }
 * ```
 */
export class ProductList implements AsyncIterable<Product> {
  readonly #fetchPage: FetchPage;
  readonly #firstCursor: string | undefined;

  constructor(fetchPage: FetchPage, firstCursor?: string) {
    this.#fetchPage = fetchPage;
    this.#firstCursor = firstCursor;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Product, void, undefined> {
    for await (const page of this.pages()) {
      yield* page.items;
    }
  }

  /**
   * Returns the products as an array. Use it before you change what the list is sorted by: a loop
   * would meet changed products again.
   *
   * @example
   * ```ts
   * for (const { id, price } of await client.products.list({ sort: 'price' }).toArray()) {
   *   await client.products.update(id, { price: price * 2 });
   * }
   * ```
   */
  async toArray({ limit = Number.POSITIVE_INFINITY }: ToArrayOptions = {}): Promise<Product[]> {
    const products: Product[] = [];
    if (limit < 1) {
      return products;
    }
    for await (const product of this) {
      products.push(product);
      if (products.length >= limit) {
        break;
      }
    }
    return products;
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
  async *pages(): AsyncGenerator<ProductPage, void, undefined> {
    let cursor = this.#firstCursor;
    do {
      const page = await this.#fetchPage(cursor);
      yield page;
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
  }
}
