import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { REQUEST_ID_HEADER, securityHeaders } from '../headers/constant-headers.js';
import { PROBLEM_MEDIA_TYPE, problemDocument } from '../problems/problem-response.js';
/** Milliseconds for the client to read the response, before the connection is destroyed. */
const LINGER_MS = 1000;
/**
 * Writes a problem document to a connection as its last response, for a message without a
 * `ServerResponse`. A second later the connection is destroyed, whatever the client does.
 *
 * @returns the request id in the response
 */
export function rejectMessage(socket, problem) {
    const requestId = randomUUID();
    const { kind, message, errors, headers } = problem;
    const document = problemDocument(kind, message, requestId, errors);
    const body = JSON.stringify(document);
    const lines = Object.entries({
        ...Object.fromEntries(securityHeaders),
        ...headers,
        Connection: 'close',
        'Content-Type': PROBLEM_MEDIA_TYPE,
        'Content-Length': Buffer.byteLength(body),
        Date: new Date().toUTCString(),
        [REQUEST_ID_HEADER]: requestId,
    }).map(([name, value]) => `${name}: ${value}`);
    const statusLine = `HTTP/1.1 ${document.status} ${STATUS_CODES[document.status]}`;
    socket.end([statusLine, ...lines, '', body].join('\r\n'));
    const destroy = setTimeout(() => socket.destroy(), LINGER_MS).unref();
    socket.once('close', () => clearTimeout(destroy));
    return requestId;
}
//# sourceMappingURL=rejected-message.js.map