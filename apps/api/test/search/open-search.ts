import type { ListProductsQuery, Product } from '@product-api/contract';
import type { Database } from '@product-api/database';
import type { ProductCursor } from '../../src/products/product-cursor.js';
import { type FoundPage, ProductSearch } from '../../src/products/search/product-search.js';
import { SearchRepository } from '../../src/products/search/search-repository.js';

/** Query parameters of a search, with the defaults of a request. */
export type SearchParameters = Partial<Omit<ListProductsQuery, 'q' | 'cursor'>>;

/** All pages of a search. */
export interface FoundProducts {
  readonly items: readonly Product[];
  readonly pages: readonly FoundPage[];
}

/** Finds all products of a search, page by page. */
export type FindAll = (text: string, parameters?: SearchParameters) => Promise<FoundProducts>;

/** Returns the function that searches a database as the service does. */
export function openSearch(database: Database): FindAll {
  const search = new ProductSearch(new SearchRepository(database));
  return async (text, { sort = 'relevance', limit = 20, ...filters } = {}) => {
    const pages: FoundPage[] = [];
    let after: ProductCursor | undefined;
    do {
      const page = await search.list(text, { sort, limit, ...filters }, after);
      pages.push(page);
      after = page.next;
    } while (after !== undefined);
    return { items: pages.flatMap(({ items }) => items), pages };
  };
}
