import type { Request, RequestHandler } from 'express';
import type { CorsOrigins } from '../config/cors-origins.js';

/** What the service sends and a page could not read otherwise (fetch.spec.whatwg.org, CORS-safelisted response-header name). */
const exposedHeaders = 'ETag,Location,Retry-After,X-Cache,X-Request-Id,Allow,Accept';

/** Seconds for which a browser may remember the response to a preflight. */
const preflightMaxAge = '600';

/**
 * Lets the pages of these origins read responses, errors too, and send any header. It responds to
 * nothing by itself: which methods a path has, and whether there is such a path, its routes know.
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
        const asked = request.headers['access-control-request-headers'];
        response.vary('Access-Control-Request-Headers');
        response.setHeader('Access-Control-Max-Age', preflightMaxAge);
        if (asked !== undefined) {
          response.setHeader('Access-Control-Allow-Headers', asked);
        }
      } else {
        response.setHeader('Access-Control-Expose-Headers', exposedHeaders);
      }
    }
    next();
  };
}

/** Returns whether a browser asks by this request if it may send another one. */
export function isPreflight({ method, headers }: Request): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}

function allowedOrigin(origins: CorsOrigins, origin: string | undefined): string | undefined {
  if (origins === '*') {
    return '*';
  }
  return origin !== undefined && origins.includes(origin) ? origin : undefined;
}
