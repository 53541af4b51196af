import { visit } from 'jsonc-parser';
/** Longer texts are not searched: that would block the event loop for more than 100 ms. */
const MAX_TEXT_LENGTH = 64 * 1024;
/**
 * Returns the position of the first fault in a JSON text; `JSON.parse` reports it for some faults
 * only. Undefined if the parser finds no fault, if the text is nested too deeply, or if it has more
 * than 65,536 characters, which no product needs.
 */
export function jsonFaultAt(text) {
    if (text.length > MAX_TEXT_LENGTH) {
        return undefined;
    }
    let found;
    const onError = (_code, _offset, _length, line, column) => {
        found ??= { line: line + 1, column: column + 1 };
    };
    try {
        visit(text, { onError }, { disallowComments: true });
    }
    catch (error) {
        if (!(error instanceof RangeError)) {
            throw error;
        }
    }
    return found;
}
//# sourceMappingURL=json-fault.js.map