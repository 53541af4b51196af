import { hash } from 'node:crypto';
/**
 * Returns the SHA-256, in base64url, of what a request asks for. It does not depend on the order of
 * the fields in objects, on white space in the body, or on fields that validation has removed.
 */
export function fingerprintOf(asked) {
    return hash('sha256', JSON.stringify(asked, sortFields), 'base64url');
}
function sortFields(_name, value) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return value;
    }
    return Object.fromEntries(Object.entries(value).sort(byName));
}
function byName([one], [other]) {
    return one < other ? -1 : 1;
}
//# sourceMappingURL=fingerprint.js.map