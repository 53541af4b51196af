import type { ListProductsQuery } from '@product-api/contract';
import type { Database } from '@product-api/database';
import type { PageQuery } from '../database/page-statement.js';
import { queryProducts, type StoredProduct } from '../database/product-row.js';
import { type PageRows, queryPage } from '../database/query-page.js';
import type { NewestMatches } from '../database/search/match-rows.js';
import { readNewestMatches } from '../database/search/read-newest-matches.js';
import { statementsByDialect } from '../database/statements-by-dialect.js';
import type { ProductCursor } from '../product-cursor.js';
import type { SearchQuery } from './search-query.js';

/** Reads what a search needs from the database. */
export class SearchRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Returns the newest matches of a search with at least one required term. */
  newestMatches(search: SearchQuery, query: ListProductsQuery): Promise<NewestMatches> {
    return readNewestMatches[this.#database.dialect](this.#database, search, query);
  }

  /**
   * Returns the rows of a page of the list, and possibly the first row of the next.
   *
   * @param ids reads only these products; default: all
   */
  page(
    query: PageQuery,
    after: ProductCursor | undefined,
    ids?: readonly string[],
  ): Promise<PageRows> {
    const { dialect, slowRead } = this.#database;
    return queryPage(slowRead, statementsByDialect[dialect].selectPage(query, after, ids));
  }

  /** Returns the products with these ids, by id. */
  find(ids: readonly string[]): Promise<ReadonlyMap<string, StoredProduct>> {
    const { client, dialect } = this.#database;
    return queryProducts(client, statementsByDialect[dialect].selectRows(ids));
  }
}
