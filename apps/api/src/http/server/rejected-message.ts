import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { requestIdHeader, securityHeaders } from '../fast-path/constant-headers.js';
import { problemDocument } from '../problems/problem-document.js';
import type { ProblemError } from '../problems/problem-error.js';
import { problemMediaType } from '../problems/send-problem.js';

/** A message on a connection that never became a request. */
export interface RejectedMessage {
  /** The id in the response, by which the log line is found. */
  readonly requestId: string;
  readonly status: number;
  /** The code of Node's parser or server, such as `HPE_INVALID_METHOD`. */
  readonly code: string;
  /** What the client was told. */
  readonly detail: string;
  /** The client's address, if it is still known. */
  readonly remoteAddress: string | undefined;
}

/** Milliseconds that a client has to read the response before the connection is destroyed. */
const lingerMs = 1000;

/**
 * Writes a problem document as the last response of a connection, for a message that has no
 * `ServerResponse`. The connection is destroyed a second later, whatever the client does.
 *
 * @returns the id of the response
 */
export function rejectMessage(socket: Duplex, problem: ProblemError): string {
  const requestId = randomUUID();
  const { kind, message, errors, headers } = problem;
  const document = problemDocument(kind, message, requestId, errors);
  const body = JSON.stringify(document);
  const lines = Object.entries({
    ...Object.fromEntries(securityHeaders),
    ...headers,
    Connection: 'close',
    'Content-Type': problemMediaType,
    'Content-Length': Buffer.byteLength(body),
    Date: new Date().toUTCString(),
    [requestIdHeader]: requestId,
  }).map(([name, value]) => `${name}: ${value}`);
  const statusLine = `HTTP/1.1 ${document.status} ${STATUS_CODES[document.status]}`;
  socket.end([statusLine, ...lines, '', body].join('\r\n'));
  const destroy = setTimeout(() => socket.destroy(), lingerMs).unref();
  socket.once('close', () => clearTimeout(destroy));
  return requestId;
}
