import { hash } from 'node:crypto';
/** Returns the strong entity tag of a body (RFC 9110 §8.8.3): equal tags mean equal bytes. */
export function entityTag(body) {
    return `"${hash('sha1', body, 'base64url')}"`;
}
//# sourceMappingURL=entity-tag.js.map