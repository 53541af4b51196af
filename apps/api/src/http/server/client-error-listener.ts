import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { ProblemError, ValidationError } from '../problems/problem-errors.js';
import { sendProblem } from '../problems/problem-response.js';
import { type RejectedMessage, rejectMessage } from './rejected-message.js';

declare module 'node:net' {
  interface Socket {
    /** The response to the connection's latest request; undefined before the first request. */
    latestResponse?: ServerResponse | undefined;
    /** Whether a malformed or late message was rejected, after which nothing more is served. */
    isRejected?: boolean;
  }
}

/** The problems of Node's parser and server, by error code. Every other error is malformed HTTP. */
const problems: Readonly<Record<string, () => ProblemError>> = {
  ERR_HTTP_REQUEST_TIMEOUT: () =>
    new ProblemError('request-timeout', 'The request took too long to arrive'),
  HPE_HEADER_OVERFLOW: () =>
    new ProblemError('header-fields-too-large', 'The headers are larger than this service takes'),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: () =>
    new ProblemError(
      'content-too-large',
      'The chunk extensions are larger than this service takes',
    ),
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
export function createClientErrorListener(onRejected: (message: RejectedMessage) => void) {
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
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
    } else if (latest.req.complete) {
      latest.once('close', () => reject(problem, error, socket));
    } else {
      respondToBrokenBody(latest, problem, socket);
    }
  };

  function reject(problem: ProblemError, error: NodeJS.ErrnoException, socket: Socket): void {
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

function malformed(): ProblemError {
  return new ValidationError([{ field: 'request', message: 'Request should be valid HTTP' }]);
}

function describe({ message, errors }: ProblemError): string {
  return errors?.map((error) => error.message).join('; ') ?? message;
}

/** Returns whether a response has been sent, or never will be. */
export function isOver(response: ServerResponse): boolean {
  return response.writableFinished || response.destroyed;
}

/** Responds to a request with a faulty body, while its handler may still be running. */
function respondToBrokenBody(
  response: ServerResponse,
  problem: ProblemError,
  socket: Socket,
): void {
  if (response.headersSent) {
    socket.destroy();
    return;
  }
  // The handler does not know of this response, and may still write.
  response.on('error', () => undefined);
  response.shouldKeepAlive = false;
  // `beginRequest` gave the request its id.
  const { id } = response.req as ServerResponse['req'] & { readonly id: string };
  sendProblem(response, problem, id);
}
