import { randomUUID } from 'node:crypto';
import { ServerResponse } from 'node:http';
import type { Express, Response } from 'express';
import { keepAliveHeader, requestIdHeader, securityHeaders } from './constant-headers.js';

/**
 * Makes every response of an application carry its request's id and the security headers, where it has
 * no others of these names, and say how long its connection is kept. They are added when the head is
 * written, by Express's own way to extend responses
 * (expressjs.com/en/guide/overriding-express-api.html).
 */
export function completeEveryHead(application: Express): void {
  const complete = function (this: Response, ...head: Parameters<ServerResponse['writeHead']>) {
    // Node writes some responses itself, before the request has got its id.
    this.req.id ??= randomUUID();
    this.setHeader(requestIdHeader, this.req.id);
    if (this.shouldKeepAlive) {
      this.setHeader(...keepAliveHeader);
    }
    for (const [name, value] of securityHeaders) {
      if (!this.hasHeader(name)) {
        this.setHeader(name, value);
      }
    }
    return ServerResponse.prototype.writeHead.apply(this, head);
  };
  // An overloaded method, of which one that passes its arguments on is every overload.
  application.response.writeHead = complete as Response['writeHead'];
}
