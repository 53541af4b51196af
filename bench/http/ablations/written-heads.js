// Replaces prepared-head.js: Node.js validates and joins the headers of every response.
import { ServerResponse } from 'node:http';
import { securityHeaders } from '../headers/constant-headers.js';

export class OwnHeaders {
  constructor(headers) {
    this.list = Object.entries(headers).flat();
  }
}

export class PreparedHead {
  #status;
  #constant;

  constructor(status, headers) {
    this.#status = status;
    this.#constant = [...securityHeaders, ...Object.entries(headers)].flat();
  }

  send(response, own, body) {
    const headers = [...this.#constant, ...own.list, 'X-Request-Id', response.req.id];
    ServerResponse.prototype.writeHead.call(response, this.#status, headers);
    response.end(body.text);
  }
}
