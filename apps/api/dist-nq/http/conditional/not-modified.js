import fresh from 'fresh';
/**
 * Returns whether `If-None-Match` names the entity tag, so that the response is 304
 * (RFC 9110 §13.1.2).
 *
 * `Cache-Control: no-cache` does not change that: it asks caches to validate what they have, and a
 * 304 is the validation (RFC 9111 §5.2.1.4). Every `fetch` adds it to a request with
 * `If-None-Match` (fetch.spec.whatwg.org, "HTTP-network-or-cache fetch").
 */
export function isNotModified(headers, entityTag) {
    const tags = headers['if-none-match'];
    // Most clients send one tag.
    return tags === entityTag || fresh({ 'if-none-match': tags }, { etag: entityTag });
}
/** Makes Express decide with `isNotModified`; by itself it always sends the body for `no-cache`. */
export function respondNotModified(application) {
    Object.defineProperty(application.request, 'fresh', {
        get() {
            const { statusCode } = this.res ?? {};
            const isRead = this.method === 'GET' || this.method === 'HEAD';
            const etag = this.res?.get('ETag');
            return (isRead && statusCode === 200 && etag !== undefined && isNotModified(this.headers, etag));
        },
    });
}
//# sourceMappingURL=not-modified.js.map