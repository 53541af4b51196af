import { MAX_SEARCH_WORDS } from '@product-api/contract';
import { wordsOf } from '@product-api/database';
import { TooManyWordsError } from '../product-errors.js';
/** Code points that the beginning of a word must have: shorter ones match almost everything. */
const MIN_PREFIX_LENGTH = 2;
/** A part of a search: an optional minus, then text in quotes or text without white space. */
const parts = /(?<minus>-?)(?:"(?<phrase>[^"]*)"?|(?<run>[^\s"]+))/gu;
/**
 * Reads the text of a search. Everything that is not a word only separates words, so no text is
 * invalid and none reaches the query syntax of a database. Without a required term, the search
 * finds nothing.
 *
 * @throws {TooManyWordsError} when the text has more words than a search can have
 */
export function parseSearch(text) {
    const required = [];
    const excluded = [];
    let count = 0;
    for (const { index, 0: part, groups } of text.matchAll(parts)) {
        const { minus = '', phrase, run = '' } = groups ?? {};
        const words = wordsOf(phrase ?? run);
        count += words.length;
        if (words.length === 0) {
            continue;
        }
        if (minus !== '') {
            excluded.push({ words, isPrefix: false });
            continue;
        }
        const isLast = text.slice(index + part.length).trim() === '';
        const mayBeginWord = phrase === undefined && (isLast || words.length > 1);
        required.push({ words, isPrefix: mayBeginWord && isLongEnough(words.at(-1)) });
    }
    if (count > MAX_SEARCH_WORDS) {
        throw new TooManyWordsError(count, MAX_SEARCH_WORDS);
    }
    return { required, excluded };
}
function isLongEnough(word = '') {
    return [...word].length >= MIN_PREFIX_LENGTH;
}
//# sourceMappingURL=search-query.js.map