import { setImmediate as nextTurn } from 'node:timers/promises';
import { matchesSearch } from './matches-search.js';
import { PageBuilder } from './page-builder.js';
import { rankMatches } from './rank-matches.js';
import { parseSearch } from './search-query.js';
/** Rows of the list that are compared with a search at once. */
const WINDOW_ROWS = 200;
/** Windows that one request reads at most: the page is short if they have too few matches. */
const MAX_WINDOWS = 5;
/** Characters after which other requests have their turn: comparing them takes some 5 ms. */
const CHARACTERS_A_TURN = 50_000;
const nothing = { items: [], next: undefined, size: 0, isPartial: false };
/**
 * Finds products by their words. Each request reads a bounded number of rows:
 *
 * - Few matches are all read by the index, and then sorted.
 * - Many matches are found in the order of the list itself, which is read in windows.
 * - By relevance, many matches are too many to compare: only the newest are.
 */
export class ProductSearch {
    #repository;
    constructor(repository) {
        this.#repository = repository;
    }
    /**
     * Returns a page of the products that the text of a search finds.
     *
     * @throws {TooManyWordsError} when the text has more words than a search can have
     */
    async list(text, query, after) {
        const search = parseSearch(text);
        if (search.required.length === 0) {
            return nothing;
        }
        const { sort } = query;
        const { matches, isComplete } = await this.#repository.newestMatches(search, query);
        if (sort === 'relevance') {
            const page = await this.#mostRelevant(rankMatches(search, matches), query.limit, after);
            return { ...page, isPartial: !isComplete };
        }
        const page = isComplete
            ? await this.#sorted(matches, { ...query, sort }, after)
            : await this.#inWindows(search, { ...query, sort }, after);
        return { ...page, isPartial: false };
    }
    async #mostRelevant(ranked, limit, after) {
        const rest = after === undefined ? ranked : ranked.filter(({ rank }) => rank < Number(after.value));
        const wanted = rest.slice(0, limit);
        const products = await this.#repository.find(wanted.map(({ id }) => id));
        const page = new PageBuilder(limit);
        let last;
        for (const match of wanted) {
            const stored = products.get(match.id);
            // A product may have been deleted since.
            if (stored !== undefined && !page.add(stored.product)) {
                break;
            }
            last = match;
        }
        const isLast = last === undefined || last === rest.at(-1);
        return {
            items: page.items,
            next: isLast || !last ? undefined : { sort: 'relevance', value: last.rank, id: last.id },
            size: page.size,
        };
    }
    async #sorted(matches, query, after) {
        const ids = matches.map(({ id }) => id);
        const { rows, found, size } = await this.#repository.page(query, after, ids);
        const page = rows.slice(0, query.limit);
        const last = found > page.length ? page.at(-1) : undefined;
        return {
            items: page.map(({ stored }) => stored.product),
            next: last && cursorAfter(last, query.sort),
            size,
        };
    }
    async #inWindows(search, query, after) {
        const page = new PageBuilder(query.limit);
        let next = after;
        let characters = 0;
        for (let window = 0; window < MAX_WINDOWS; window++) {
            const { rows, found } = await this.#repository.page({ ...query, limit: WINDOW_ROWS }, next);
            const compared = rows.slice(0, WINDOW_ROWS);
            for (const row of compared) {
                const { product } = row.stored;
                if (matchesSearch(search, product) && !page.add(product)) {
                    return { items: page.items, next, size: page.size };
                }
                next = cursorAfter(row, query.sort);
                characters += product.name.length + product.description.length;
                if (characters > CHARACTERS_A_TURN) {
                    characters = 0;
                    await nextTurn();
                }
            }
            if (found <= compared.length) {
                return { items: page.items, next: undefined, size: page.size };
            }
        }
        return { items: page.items, next, size: page.size };
    }
}
function cursorAfter({ sortValue, stored }, sort) {
    return { sort, value: sortValue, id: stored.product.id };
}
//# sourceMappingURL=product-search.js.map