import type { Request, RequestHandler } from 'express';
import type { CorsOrigins } from '../../config/cors-origins.js';

/** Response headers that browsers would otherwise hide from a page (fetch.spec.whatwg.org). */
const EXPOSED_HEADERS =
  'ETag,Location,Link,Retry-After,X-Cache,X-Search,Changes-Cursor,X-Request-Id,Allow,Accept,Accept-Patch,Preference-Applied,Idempotent-Replayed,WWW-Authenticate,RateLimit,RateLimit-Policy';

/** Seconds that a browser may cache the response to a preflight. */
const PREFLIGHT_MAX_AGE = '600';

/**
 * Creates middleware that lets pages of these origins read responses, including error responses,
 * and send any header. It only sets headers: the routes decide which paths and methods exist.
 */
export function allowOrigins(origins: CorsOrigins): RequestHandler {
  return (request, response, next) => {
    if (origins !== '*') {
      response.vary('Origin');
    }
    const allowed = allowedOrigin(origins, request.headers.origin);
    if (allowed !== undefined) {
      response.setHeader('Access-Control-Allow-Origin', allowed);
      if (isPreflight(request)) {
        const requestedHeaders = request.headers['access-control-request-headers'];
        response.vary('Access-Control-Request-Headers');
        response.setHeader('Access-Control-Max-Age', PREFLIGHT_MAX_AGE);
        if (requestedHeaders !== undefined) {
          response.setHeader('Access-Control-Allow-Headers', requestedHeaders);
        }
      } else {
        response.setHeader('Access-Control-Expose-Headers', EXPOSED_HEADERS);
      }
    }
    next();
  };
}

/**
 * Returns whether a request is a CORS preflight: a browser asking if it may send another request.
 */
export function isPreflight({ method, headers }: Request): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}

function allowedOrigin(origins: CorsOrigins, origin: string | undefined): string | undefined {
  if (origins === '*') {
    return '*';
  }
  return origin !== undefined && origins.includes(origin) ? origin : undefined;
}
