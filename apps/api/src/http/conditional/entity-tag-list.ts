/**
 * One element of a list, and the comma after it; an element may be empty (RFC 9110 §5.6.1.2). A comma
 * between the quotes belongs to the tag, as does a space, though RFC 9110 §8.8.3 has none there.
 */
const LIST_ELEMENT = /[\t ]*(?:(?:W\/)?"([^"]*)"[\t ]*)?(?:,|$)/gy;

/** What Apache and Caddy append within the quotes when they compress a response. */
const CODING_SUFFIX = /-(?:gzip|br|zstd|deflate)$/;

/** The value of `If-Match` or `If-None-Match`: any representation, or those with one of these tags, without quotes. */
export type EntityTagList = '*' | ReadonlySet<string>;

/**
 * Parses the value of `If-Match` or `If-None-Match`. Returns undefined where it is neither `*` nor a
 * list of entity tags in quotes.
 *
 * Proxies that compress a response turn its tag `"x"` into `W/"x"` (nginx) or `"x-gzip"` (Apache,
 * Caddy). Both are taken for `"x"`: the service's tags are hashes of the JSON, whatever its coding.
 */
export function parseEntityTags(header: string): EntityTagList | undefined {
  if (header === '*') {
    return '*';
  }
  const tags = new Set<string>();
  let parsed = 0;
  for (const [element, tag] of header.matchAll(LIST_ELEMENT)) {
    parsed += element.length;
    if (tag !== undefined) {
      tags.add(tag.replace(CODING_SUFFIX, ''));
    }
  }
  return parsed === header.length ? tags : undefined;
}

/** Returns whether a list names the representation with this strong entity tag. */
export function includesTag(list: EntityTagList, tag: string): boolean {
  return list === '*' || list.has(tag.slice(1, -1));
}
