/**
 * One element of a list and the comma after it. An element can be empty (RFC 9110 §5.6.1.2). A
 * comma or a space between the quotes belongs to the tag, though RFC 9110 §8.8.3 allows no space
 * there.
 */
const LIST_ELEMENT = /[\t ]*(?:(?:W\/)?"([^"]*)"[\t ]*)?(?:,|$)/gy;
/** The suffix that Apache and Caddy add inside the quotes when they compress a response. */
const CODING_SUFFIX = /-(?:gzip|br|zstd|deflate)$/;
/**
 * Parses the value of `If-Match` or `If-None-Match`. Returns undefined if it is neither `*` nor a
 * list of entity tags in quotes.
 *
 * Proxies that compress a response change its tag `"x"` to `W/"x"` (nginx) or `"x-gzip"` (Apache,
 * Caddy). Both are read as `"x"`: the tags of this service are hashes of the uncompressed JSON.
 */
export function parseEntityTags(header) {
    if (header === '*') {
        return '*';
    }
    const tags = new Set();
    let parsed = 0;
    for (const [element, tag] of header.matchAll(LIST_ELEMENT)) {
        parsed += element.length;
        if (tag !== undefined) {
            tags.add(tag.replace(CODING_SUFFIX, ''));
        }
    }
    return parsed === header.length ? tags : undefined;
}
/** Returns whether a list includes a strong entity tag. */
export function includesTag(list, tag) {
    return list === '*' || list.has(tag.slice(1, -1));
}
//# sourceMappingURL=entity-tag-list.js.map