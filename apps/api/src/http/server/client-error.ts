import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { ProblemError } from '../problems/problem-error.js';
import { sendProblem } from '../problems/send-problem.js';
import { ValidationError } from '../problems/validation-error.js';
import { type RejectedMessage, rejectMessage } from './rejected-message.js';

declare module 'node:net' {
  interface Socket {
    /** The response of the connection's latest request; undefined before the first. */
    latestResponse?: ServerResponse | undefined;
    /** Whether a malformed or late message has ended the conversation. */
    isRejected?: boolean;
  }
}

/** The faults of Node's parser and server that are not just malformed HTTP, by the error's code. */
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
 * Creates the listener of the server's `clientError` event: it rejects what is malformed, oversized or
 * too slow with a problem document, then closes the connection.
 *
 * Responses keep their order (RFC 9112 §9.3.2): a fault in the body of a request is the response of
 * that request, and a fault after complete requests comes after their responses.
 *
 * @param onRejected called for each message that never became a request; the others are logged as
 * the requests that they are
 */
export function createClientErrorListener(onRejected: (message: RejectedMessage) => void) {
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
    // The parser reports every later piece of data as well.
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
      breakOff(latest, problem, socket);
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

function isOver(response: ServerResponse): boolean {
  return response.writableFinished || response.destroyed;
}

/** Responds to a request whose body is at fault, while its handler may still be at work. */
function breakOff(response: ServerResponse, problem: ProblemError, socket: Socket): void {
  if (response.headersSent) {
    socket.destroy();
    return;
  }
  // The handler, which knows nothing of this, may still write.
  response.on('error', () => undefined);
  response.shouldKeepAlive = false;
  const { id } = response.req as ServerResponse['req'] & { readonly id: string };
  sendProblem(response, problem, id);
}
