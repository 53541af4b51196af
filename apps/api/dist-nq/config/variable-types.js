import { z } from 'zod';
/**
 * Returns the schema of a whole number in decimal digits: `1e3`, `0x10`, `+5`, `1.5` and white
 * space are refused. The message has the bounds but not the text, which may be a misplaced
 * password.
 */
export function wholeNumber(min, max) {
    const message = `should be a whole number from ${min} to ${max}`;
    const inBounds = z.number({ invalid_type_error: message }).min(min, message).max(max, message);
    return z.preprocess((text) => (typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : text), inBounds);
}
/** Returns the schema of `auto` or a whole number. */
export function autoOrWholeNumber(min, max) {
    const number = wholeNumber(min, max);
    return z
        .string()
        .refine((text) => text === 'auto' || number.safeParse(text).success, `should be auto or a whole number from ${min} to ${max}`)
        .transform((text) => (text === 'auto' ? text : Number(text)));
}
/** Returns the schema of one of these words, in exactly this spelling. */
export function oneOf(...words) {
    const message = `should be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
    return z.enum(words, { errorMap: () => ({ message }) });
}
/** Returns the schema of a text that matches a pattern. */
export function textLike(pattern, expectation) {
    return z.string().regex(pattern, expectation);
}
//# sourceMappingURL=variable-types.js.map