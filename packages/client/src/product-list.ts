import type { Product, ProductPage } from '@product-api/contract';

/** Fetches the page after a cursor; the first one without it. */
export type FetchPage = (cursor: string | undefined) => Promise<ProductPage>;

/**
 * The products of a list, over all its pages: `for await (const product of list)`.
 *
 * A page is asked for when it is needed, so to stop early costs nothing; each loop starts anew.
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

  /** The pages, one after the other. */
  async *pages(): AsyncGenerator<ProductPage, void, undefined> {
    let cursor = this.#firstCursor;
    do {
      const page = await this.#fetchPage(cursor);
      yield page;
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
  }
}
