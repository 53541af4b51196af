const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Each of these begins a value: a comma, and what opens an array or an object. */
const beginnings = [0x2c, 0x5b, 0x7b];
/**
 * Returns whether a JSON text in UTF-8 holds more than `limit` values, arrays and objects included.
 * Text that is not JSON gets some result or other: its parser refuses it.
 */
export function hasMoreValuesThan(limit, json) {
    let values = 1;
    let isInString = false;
    for (let index = 0; index < json.length; index++) {
        const byte = json[index] ?? 0;
        if (byte === BACKSLASH && isInString) {
            index += 1;
        }
        else if (byte === QUOTE) {
            isInString = !isInString;
        }
        else if (!isInString && beginnings.includes(byte)) {
            values += 1;
            if (values > limit) {
                return true;
            }
        }
    }
    return false;
}
//# sourceMappingURL=json-values.js.map