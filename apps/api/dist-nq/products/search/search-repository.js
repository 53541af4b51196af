import { queryProducts } from '../database/product-row.js';
import { queryPage } from '../database/query-page.js';
import { readNewestMatches } from '../database/search/read-newest-matches.js';
import { statementsByDialect } from '../database/statements-by-dialect.js';
/** Reads what a search needs from the database. */
export class SearchRepository {
    #database;
    constructor(database) {
        this.#database = database;
    }
    /** Returns the newest matches of a search with at least one required term. */
    newestMatches(search, query) {
        return readNewestMatches[this.#database.dialect](this.#database, search, query);
    }
    /**
     * Returns the rows of a page of the list, and possibly the first row of the next.
     *
     * @param ids reads only these products; default: all
     */
    page(query, after, ids) {
        const { dialect, slowRead } = this.#database;
        return queryPage(slowRead, statementsByDialect[dialect].selectPage(query, after, ids));
    }
    /** Returns the products with these ids, by id. */
    find(ids) {
        const { client, dialect } = this.#database;
        return queryProducts(client, statementsByDialect[dialect].selectRows(ids));
    }
}
//# sourceMappingURL=search-repository.js.map