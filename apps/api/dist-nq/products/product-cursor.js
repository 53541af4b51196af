import { isProductId } from '@product-api/contract';
import { z } from 'zod';
import { InvalidCursorError } from './product-errors.js';
/** A text that a name can be compared with. A database may refuse NUL and lone surrogates. */
const comparableText = z.string().refine((value) => value.isWellFormed() && !value.includes('\0'));
const integer = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** Encodes a cursor as opaque text that is safe in a URL. */
export function encodeCursor({ sort, value, id }) {
    return Buffer.from(JSON.stringify([sort, value, id])).toString('base64url');
}
/**
 * Decodes a cursor.
 *
 * @throws {InvalidCursorError} when the text is not a cursor of a list with this sort
 */
export function decodeCursor(text, sort) {
    const value = sort === 'name' || sort === '-name' ? comparableText : integer;
    const parsed = z
        .tuple([z.literal(sort), value, z.string().refine(isProductId)])
        .safeParse(parseBase64Json(text));
    if (!parsed.success) {
        throw new InvalidCursorError(sort);
    }
    return { sort, value: parsed.data[1], id: parsed.data[2] };
}
/** Returns the value of a cursor's JSON; undefined if the text is not base64url of JSON. */
export function parseBase64Json(text) {
    try {
        return JSON.parse(Buffer.from(text, 'base64url').toString());
    }
    catch {
        return undefined;
    }
}
//# sourceMappingURL=product-cursor.js.map