import { indexedWords } from '@product-api/database';
/** Returns whether a product is found by a search: the meaning of a search, without an index. */
export function matchesSearch({ required, excluded }, texts) {
    const fields = [indexedWords(texts.name), indexedWords(texts.description)];
    const isFound = (term) => fields.some((words) => hasTerm(words, term));
    return required.length > 0 && required.every(isFound) && !excluded.some(isFound);
}
/** Returns whether the words of a text have those of a term, one after the other. */
export function hasTerm(words, { words: term, isPrefix }) {
    const last = term.length - 1;
    const matchesAt = (start) => term.every((word, index) => {
        const found = words[start + index];
        return isPrefix && index === last ? found?.startsWith(word) : found === word;
    });
    for (let start = 0; start + last < words.length; start++) {
        if (matchesAt(start)) {
            return true;
        }
    }
    return false;
}
//# sourceMappingURL=matches-search.js.map