import { randomUUID } from 'node:crypto';
import { ServerResponse } from 'node:http';
import { keepAliveHeader, REQUEST_ID_HEADER, securityHeaders } from './constant-headers.js';
/**
 * Adds the request's id, `Keep-Alive` and the security headers to every response of an application.
 * A security header that a response has set itself stays. The headers are added when the head is
 * written, by Express's own way to extend responses
 * (expressjs.com/en/guide/overriding-express-api.html).
 */
export function completeHeaders(application) {
    const complete = function (...head) {
        // Node writes some responses itself, before the request has an id.
        this.req.id ??= randomUUID();
        this.setHeader(REQUEST_ID_HEADER, this.req.id);
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
    // `writeHead` is overloaded; `complete` passes on the arguments of any overload.
    application.response.writeHead = complete;
}
//# sourceMappingURL=complete-headers.js.map