import { randomUUID } from 'node:crypto';
import { ServerResponse } from 'node:http';
import type { Express, Response } from 'express';
import { KEEP_ALIVE_HEADER, REQUEST_ID_HEADER, SECURITY_HEADERS } from './constant-headers.js';

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
    this.setHeader(REQUEST_ID_HEADER, this.req.id);
    if (this.shouldKeepAlive) this.setHeader(...KEEP_ALIVE_HEADER);
    for (const [name, value] of SECURITY_HEADERS) {
      if (!this.hasHeader(name)) this.setHeader(name, value);
    }
    return ServerResponse.prototype.writeHead.apply(this, head);
  };
  // An overloaded method, of which one that passes its arguments on is every overload.
  application.response.writeHead = complete as Response['writeHead'];
}
