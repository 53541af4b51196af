/** The texts of a product. */
interface Texts {
  readonly name: string;
  readonly description: string;
}

/** A term of a search: words with one space between them. */
export interface NaiveTerm {
  readonly words: string;
  readonly isPrefix: boolean;
  readonly isExcluded: boolean;
}

/** Returns a text without marks and case, its words between single spaces. */
function normalized(text: string): string {
  const letters = Array.from(text.normalize('NFKD'), (character) =>
    /\p{M}/u.test(character)
      ? ''
      : /[\p{L}\p{N}]/u.test(character)
        ? character.toLowerCase().replace('ß', 'ss').replace('ς', 'σ')
        : ' ',
  );
  return ` ${letters.join('').trim().replaceAll(/ +/g, ' ')} `;
}

/** Returns whether texts have all required terms and no excluded one, by comparing strings. */
export function isFoundNaively(terms: readonly NaiveTerm[], texts: Texts): boolean {
  const fields = [normalized(texts.name), normalized(texts.description)];
  const has = ({ words, isPrefix }: NaiveTerm) =>
    fields.some((field) => field.includes(isPrefix ? ` ${words}` : ` ${words} `));
  const required = terms.filter(({ isExcluded }) => !isExcluded);
  return (
    required.length > 0 &&
    required.every(has) &&
    !terms.some((term) => term.isExcluded && has(term))
  );
}
