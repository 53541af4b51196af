import { ServerResponse } from 'node:http';
import { keepAliveHeader, REQUEST_ID_HEADER, securityHeaders, } from '../headers/constant-headers.js';
/** The headers that differ between responses, as `writeHead` takes them and as Node prints them. */
export class OwnHeaders {
    list;
    /** Their text, up to the value of the next header, the request's id. */
    textToId;
    constructor(headers) {
        const entries = Object.entries(headers);
        this.list = entries.flat();
        const lines = entries.map(([name, value]) => `${name}: ${value}\r\n`);
        // `join` makes one flat string; a concatenation would be flattened again for every response.
        this.textToId = [...lines, `${REQUEST_ID_HEADER}: `].join('');
    }
}
/**
 * The head of responses that are sent many times. Node writes the first head. Later ones repeat its
 * text with the own headers, the request id and the date of their response: checking and joining a
 * dozen headers each time would cost a seventh of a cached read. Node still writes the head if the
 * connection closes, if other headers were set, or if its text was not found where it is expected.
 */
export class PreparedHead {
    #status;
    #constant;
    #httpDate;
    #text;
    /** The text from the date on, and that date. */
    #end = '';
    #endDate = '';
    /**
     * @param headers the headers of every response, in addition to the security headers
     * @param httpDate returns the current HTTP date
     */
    constructor(status, headers, httpDate) {
        this.#status = status;
        this.#constant = [...securityHeaders, ...Object.entries(headers)].flat();
        this.#httpDate = httpDate;
    }
    /**
     * Sends a response with this head, its own headers and a body. An ASCII body is sent in one write
     * together with the head; `end` would need two.
     */
    send(response, own, body) {
        const { id } = response.req;
        const repeatable = isRepeatable(response);
        if (repeatable && this.#text) {
            response.statusCode = this.#status;
            const text = this.#text.beforeOwn + own.textToId + id + this.#endOf(this.#text);
            headKeeper(response)._header = body.isAscii ? text + body.text : text;
            response.end(body.isAscii ? '' : body.text);
            return;
        }
        const keepAlive = response.shouldKeepAlive ? keepAliveHeader : [];
        const headers = [...this.#constant, ...keepAlive, ...own.list, REQUEST_ID_HEADER, id];
        ServerResponse.prototype.writeHead.call(response, this.#status, headers);
        if (repeatable) {
            this.#text = headText(response, own);
        }
        response.end(body.text);
    }
    #endOf({ afterDate }) {
        const date = this.#httpDate();
        if (date !== this.#endDate) {
            this.#endDate = date;
            this.#end = ['\r\nDate: ', date, afterDate].join('');
        }
        return this.#end;
    }
}
/**
 * Returns whether the head's text can be repeated: no other headers, and the connection stays open.
 */
function isRepeatable(response) {
    return (response.shouldKeepAlive &&
        response.req.httpVersion === '1.1' &&
        response.getHeaderNames().length === 0);
}
/** Returns the text of the head just written; undefined if Node does not keep it as expected. */
function headText(response, own) {
    const head = String(headKeeper(response)._header);
    const ownAt = head.indexOf(own.textToId);
    const written = /^[\w.-]+\r\nDate: [^\r]+(\r\n.*\r\n\r\n)$/s.exec(head.slice(ownAt + own.textToId.length));
    const afterDate = written?.[1];
    if (!head.startsWith('HTTP/1.1 ') || ownAt === -1 || afterDate === undefined) {
        return undefined;
    }
    return { beforeOwn: head.slice(0, ownAt), afterDate };
}
function headKeeper(response) {
    // The field is undocumented, so no type declares it.
    return response;
}
//# sourceMappingURL=prepared-head.js.map