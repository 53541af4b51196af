/** A preference: its text up to the next comma that is not in quotes. */
const PREFERENCE = /(?:"(?:\\.|[^"\\])*"|[^",])+/g;
/** The name and the value of a preference, without its parameters. */
const NAME_AND_VALUE = /^\s*([^\s=;]+)\s*(?:=\s*"?([^\s;"]*))?/;
/**
 * Returns whether a `Prefer` header asks for strict handling (RFC 7240 §4.4). Of a repeated
 * preference the first counts (§2).
 */
export function prefersStrictHandling(prefer) {
    for (const preference of prefer?.match(PREFERENCE) ?? []) {
        const [, name, value] = NAME_AND_VALUE.exec(preference) ?? [];
        if (name?.toLowerCase() === 'handling') {
            return value?.toLowerCase() === 'strict';
        }
    }
    return false;
}
//# sourceMappingURL=prefer.js.map