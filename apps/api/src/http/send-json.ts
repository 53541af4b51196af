import type { ServerResponse } from 'node:http';

/** The media type of every answer that is not a problem. */
export const jsonMediaType = 'application/json; charset=utf-8';

/**
 * Sends JSON text as it is, with its length, and ends the answer.
 * Node leaves the body out by itself where the request was HEAD.
 */
export function sendJsonText(
  response: ServerResponse,
  status: number,
  text: string,
  mediaType = jsonMediaType,
): void {
  response.statusCode = status;
  response.setHeader('Content-Type', mediaType);
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}
