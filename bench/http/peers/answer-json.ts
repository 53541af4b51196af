import type { ServerResponse } from 'node:http';

/** The path of a product up to its id. */
export const pathPrefix = '/products/';

/** Answers JSON text as it is, with two headers; null is answered 404 without a body. */
export function answerJson(response: ServerResponse, text: string | null): void {
  if (text === null) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
