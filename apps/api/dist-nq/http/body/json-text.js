import { httpClock } from '../fast-path/http-clock.js';
import { OwnHeaders, PreparedHead } from '../fast-path/prepared-head.js';
import { JSON_MEDIA_TYPE } from '../headers/constant-headers.js';
/** A JSON text in place of the value that it stands for, and the headers that belong to it. */
class JsonText {
    text;
    headers;
    constructor(text, headers) {
        this.text = text;
        this.headers = headers;
    }
}
/**
 * Returns a JSON text as the body of a response with the status 200, which is sent without parsing
 * and printing it.
 *
 * @param headers further headers of the response
 */
export function jsonText(text, headers) {
    // ts-rest passes a handler's body on to `response.json`, which `sendJsonTexts` extends.
    return new JsonText(text, headers);
}
/**
 * Makes `response.json` send the text of a `jsonText` as it is, without an entity tag: hashing a
 * large text takes longer than joining it, and nobody makes a POST conditional on it.
 */
export function sendJsonTexts(application) {
    const { json } = application.response;
    const head = new PreparedHead(200, { 'Content-Type': JSON_MEDIA_TYPE }, httpClock());
    application.response.json = function (body) {
        if (!(body instanceof JsonText)) {
            return json.call(this, body);
        }
        const { text, headers } = body;
        const length = Buffer.byteLength(text);
        const own = new OwnHeaders({ ...headers, 'Content-Length': String(length) });
        head.send(this, own, { text, isAscii: length === text.length });
        return this;
    };
}
//# sourceMappingURL=json-text.js.map