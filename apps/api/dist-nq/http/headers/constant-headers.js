/** The media type of every JSON response that is not a problem document. */
export const JSON_MEDIA_TYPE = 'application/json; charset=utf-8';
/** The header with the request's id. Clients may send it; every response has it. */
export const REQUEST_ID_HEADER = 'X-Request-Id';
/**
 * Security headers of every response (OWASP REST Security Cheat Sheet): browsers must not sniff,
 * frame or script a JSON API, nor use a cached response without revalidation. The documents under
 * `/docs` and `/redoc` relax the policy for themselves. `Strict-Transport-Security` is left to the
 * proxy that terminates TLS.
 */
export const securityHeaders = new Map([
    ['Cache-Control', 'no-cache'],
    ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
    ['Referrer-Policy', 'no-referrer'],
    ['X-Content-Type-Options', 'nosniff'],
    ['X-Frame-Options', 'DENY'],
]);
/**
 * Seconds that an idle connection stays open: longer than the idle timeout of common load balancers
 * (60 s), which would otherwise send requests on a connection that has just closed.
 */
export const KEEP_ALIVE_SECONDS = 65;
/** Tells clients how long they can reuse an idle connection (RFC 2068 §19.7.1.1). */
export const keepAliveHeader = ['Keep-Alive', `timeout=${KEEP_ALIVE_SECONDS}`];
//# sourceMappingURL=constant-headers.js.map