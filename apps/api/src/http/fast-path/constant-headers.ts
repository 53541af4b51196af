/** The header that names a request, in its answer and, if the caller likes, in the request itself. */
export const requestIdHeader = 'X-Request-Id';

/**
 * Headers of every answer: a JSON API is not to be sniffed, framed, scripted or cached unchecked
 * (OWASP REST Security Cheat Sheet). The documents under /docs and /redoc relax the policy for themselves.
 * `Strict-Transport-Security` belongs to whoever ends TLS in front of the service.
 */
export const securityHeaders: ReadonlyMap<string, string> = new Map([
  ['Cache-Control', 'no-cache'],
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Referrer-Policy', 'no-referrer'],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
]);

/**
 * Seconds for which a connection without requests is kept: longer than the idle timeout of common load
 * balancers (60 s), which would otherwise meet a closed connection.
 */
export const keepAliveSeconds = 65;

/** Tells clients of a connection that goes on for how long they may rely on it (RFC 2068 §19.7.1.1). */
export const keepAliveHeader = ['Keep-Alive', `timeout=${keepAliveSeconds}`] as const;
