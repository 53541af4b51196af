import { z } from 'zod';
import { parseBase64Json } from '../products/product-cursor.js';
import { InvalidLedgerCursorError } from './stock-errors.js';
const cursor = z.tuple([z.literal('ledger'), z.number().int().min(1).max(Number.MAX_SAFE_INTEGER)]);
/** Encodes the number of the last line of a page as opaque text that is safe in a URL. */
export function encodeLedgerCursor(lineNumber) {
    return Buffer.from(JSON.stringify(['ledger', lineNumber])).toString('base64url');
}
/**
 * Decodes a cursor.
 *
 * @throws {InvalidLedgerCursorError} when the text is not a cursor of a ledger
 */
export function decodeLedgerCursor(text) {
    const parsed = cursor.safeParse(parseBase64Json(text));
    if (!parsed.success) {
        throw new InvalidLedgerCursorError();
    }
    return parsed.data[1];
}
//# sourceMappingURL=ledger-cursor.js.map