import type { ServerResponse } from 'node:http';
import { sendJsonText } from '../send-json.js';
import { problemDocument } from './problem-document.js';
import type { ProblemError } from './problem-error.js';

/** The media type of problem documents (RFC 9457 §3). */
export const problemMediaType = 'application/problem+json';

/** Sends an error as a problem document, with the headers that it names, and ends the response. */
export function sendProblem(
  response: ServerResponse,
  { kind, message, errors, headers }: ProblemError,
  requestId: string,
): void {
  const document = problemDocument(kind, message, requestId, errors);
  for (const [name, value] of Object.entries(headers ?? {})) {
    response.setHeader(name, value);
  }
  sendJsonText(response, document.status, JSON.stringify(document), problemMediaType);
}
