/**
 * Returns the `Link` header of a page that has a next one (RFC 8288): the query of the request with
 * another cursor. Relative to the request's address, because a proxy may add a path prefix.
 *
 * @param url the URL of the request, with or without a query
 */
export function nextLink(url, cursor) {
    const [, query = ''] = url.split('?', 2);
    const parameters = new URLSearchParams(query);
    parameters.set('cursor', cursor);
    return `<?${parameters}>; rel="next"`;
}
//# sourceMappingURL=next-link.js.map