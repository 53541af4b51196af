import { ProblemError, ValidationError } from '../problems/problem-errors.js';
import { sendProblem } from '../problems/problem-response.js';
import { rejectMessage } from './rejected-message.js';
/** The problems of Node's parser and server, by error code. Every other error is malformed HTTP. */
const problems = {
    ERR_HTTP_REQUEST_TIMEOUT: () => new ProblemError('request-timeout', 'The request took too long to arrive'),
    HPE_HEADER_OVERFLOW: () => new ProblemError('header-fields-too-large', 'The headers are larger than this service takes'),
    HPE_CHUNK_EXTENSIONS_OVERFLOW: () => new ProblemError('content-too-large', 'The chunk extensions are larger than this service takes'),
};
/**
 * Creates the listener of the server's `clientError` event. It responds to a malformed, oversized
 * or slow message with a problem document, and closes the connection.
 *
 * Responses keep the order of their requests (RFC 9112 §9.3.2): a fault in the body of a request is
 * the response to that request, and a fault after complete requests waits for their responses.
 *
 * @param onRejected called for each message that never became a request; the others are in the
 * access log
 */
export function createClientErrorListener(onRejected) {
    return (error, socket) => {
        // The parser reports an error for every later chunk as well.
        if (socket.isRejected) {
            return;
        }
        socket.isRejected = true;
        if (error.code === 'ECONNRESET' || !socket.writable) {
            socket.destroy();
            return;
        }
        const problem = (problems[error.code ?? ''] ?? malformed)();
        const latest = socket.latestResponse;
        if (latest === undefined || isOver(latest)) {
            reject(problem, error, socket);
        }
        else if (latest.req.complete) {
            latest.once('close', () => reject(problem, error, socket));
        }
        else {
            respondToBrokenBody(latest, problem, socket);
        }
    };
    function reject(problem, error, socket) {
        if (!socket.writable) {
            socket.destroy();
            return;
        }
        const { remoteAddress } = socket;
        const requestId = rejectMessage(socket, problem);
        const { status, code = error.name } = { status: problem.status, code: error.code };
        onRejected({ requestId, status, code, detail: describe(problem), remoteAddress });
    }
}
function malformed() {
    return new ValidationError([{ field: 'request', message: 'Request should be valid HTTP' }]);
}
function describe({ message, errors }) {
    return errors?.map((error) => error.message).join('; ') ?? message;
}
function isOver(response) {
    return response.writableFinished || response.destroyed;
}
/** Responds to a request with a faulty body, while its handler may still be running. */
function respondToBrokenBody(response, problem, socket) {
    if (response.headersSent) {
        socket.destroy();
        return;
    }
    // The handler does not know of this response, and may still write.
    response.on('error', () => undefined);
    response.shouldKeepAlive = false;
    // `beginRequest` gave the request its id.
    const { id } = response.req;
    sendProblem(response, problem, id);
}
//# sourceMappingURL=client-error-listener.js.map