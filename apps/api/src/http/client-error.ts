import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FieldError, ProblemKind } from '@product-api/contract';
import { problemDocument } from './problem-document.js';

interface Fault {
  readonly kind: ProblemKind;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
}

const MALFORMED: Fault = {
  kind: 'validation-error',
  detail: 'Validation error',
  errors: [{ field: 'request', message: 'Request should be valid HTTP' }],
};

/** What Node's HTTP parser found wrong, by the code of its error. */
const FAULTS: Readonly<Record<string, Fault>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { kind: 'request-timeout', detail: 'The request took too long' },
  HPE_HEADER_OVERFLOW: {
    kind: 'header-fields-too-large',
    detail: 'The headers are larger than this service takes',
  },
};

/** Answers a request that never became one (malformed, oversized or too slow), then ends the connection. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { kind, detail, errors } = FAULTS[error.code ?? ''] ?? MALFORMED;
  const requestId = randomUUID();
  const document = problemDocument(kind, detail, requestId, errors);
  const body = JSON.stringify(document);
  socket.end(
    [
      `HTTP/1.1 ${document.status} ${STATUS_CODES[document.status]}`,
      'Connection: close',
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      `X-Request-Id: ${requestId}`,
      '',
      body,
    ].join('\r\n'),
  );
}
