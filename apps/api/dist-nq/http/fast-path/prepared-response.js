import { entityTag } from '../conditional/entity-tag.js';
import { isNotModified } from '../conditional/not-modified.js';
import { JSON_MEDIA_TYPE } from '../headers/constant-headers.js';
import { httpClock } from './http-clock.js';
import { OwnHeaders, PreparedHead } from './prepared-head.js';
const noBody = { text: '', isAscii: true };
/** Computes the headers of a text, so that later responses with it need not. */
export function prepareResponse(text) {
    const length = Buffer.byteLength(text);
    const ETag = entityTag(text);
    return {
        body: { text, isAscii: length === text.length },
        entityTag: ETag,
        complete: new OwnHeaders({ ETag, 'Content-Length': String(length) }),
        notModified: new OwnHeaders({ ETag }),
    };
}
/**
 * Creates the function that sends prepared responses. A route must share one, as it keeps head
 * texts.
 */
export function preparedSender() {
    const httpDate = httpClock();
    const cached = { 'X-Cache': 'HIT' };
    const notModified = new PreparedHead(304, cached, httpDate);
    const complete = new PreparedHead(200, { ...cached, 'Content-Type': JSON_MEDIA_TYPE }, httpDate);
    return (response, prepared) => {
        const { headers, method } = response.req;
        if (headers['if-none-match'] !== undefined && isNotModified(headers, prepared.entityTag)) {
            notModified.send(response, prepared.notModified, noBody);
        }
        else {
            complete.send(response, prepared.complete, method === 'HEAD' ? noBody : prepared.body);
        }
    };
}
//# sourceMappingURL=prepared-response.js.map