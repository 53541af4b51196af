import { problems, problemType, } from '@product-api/contract';
/** The media type of problem documents (RFC 9457 §3). */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';
/** Returns the problem document (RFC 9457) of an error response. */
export function problemDocument(kind, detail, requestId, errors, extensions) {
    return {
        type: problemType(kind),
        title: problems[kind].title,
        status: problems[kind].status,
        detail,
        ...(errors && { errors }),
        ...extensions,
        request_id: requestId,
    };
}
/**
 * Sends an error as a problem document, with the headers that the error names, and ends the
 * response. Node leaves out the body of a response to HEAD.
 */
export function sendProblem(response, { kind, message, errors, extensions, headers }, requestId) {
    const document = problemDocument(kind, message, requestId, errors, extensions);
    const body = JSON.stringify(document);
    for (const [name, value] of Object.entries(headers ?? {})) {
        response.setHeader(name, value);
    }
    response.statusCode = document.status;
    response.setHeader('Content-Type', PROBLEM_MEDIA_TYPE);
    response.setHeader('Content-Length', Buffer.byteLength(body));
    response.end(body);
}
//# sourceMappingURL=problem-response.js.map