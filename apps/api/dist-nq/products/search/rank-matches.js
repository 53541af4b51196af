import { wordsOf } from '@product-api/database';
import { hasTerm } from './matches-search.js';
/** Numbers are below this: four million million products. */
const NUMBERS = 2 ** 42;
/** Longer names count as names of this many words. */
const LONGEST_NAME = 127;
/**
 * Sorts matches by relevance: those with more terms in the name first, then those with fewer other
 * words in the name, then the newest. The rank of a product does not depend on other products, so
 * that pages neither repeat nor skip any while others change.
 */
export function rankMatches({ required }, matches) {
    return matches
        .map(({ number, id, name }) => {
        const words = wordsOf(name);
        const terms = required.filter((term) => hasTerm(words, term)).length;
        const shortness = terms === 0 ? 0 : LONGEST_NAME - Math.min(words.length, LONGEST_NAME);
        return { rank: (terms * (LONGEST_NAME + 1) + shortness) * NUMBERS + number, id };
    })
        .sort((one, other) => other.rank - one.rank);
}
//# sourceMappingURL=rank-matches.js.map