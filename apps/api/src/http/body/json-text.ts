import type { Express, Response } from 'express';
import { httpClock } from '../fast-path/http-clock.js';
import { OwnHeaders, PreparedHead } from '../fast-path/prepared-head.js';
import { JSON_MEDIA_TYPE } from '../headers/constant-headers.js';

/** A JSON text in place of the value that it stands for, and the headers that belong to it. */
class JsonText {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(text: string, headers: Readonly<Record<string, string>>) {
    this.text = text;
    this.headers = headers;
  }
}

/**
 * Returns a JSON text as the body of a response with the status 200, which is sent without parsing
 * and printing it.
 *
 * @param headers further headers of the response
 */
export function jsonText<Body>(text: string, headers: Readonly<Record<string, string>>): Body {
  // ts-rest passes a handler's body on to `response.json`, which `sendJsonTexts` extends.
  return new JsonText(text, headers) as Body;
}

/**
 * Makes `response.json` send the text of a `jsonText` as it is, without an entity tag: hashing a
 * large text takes longer than joining it, and nobody makes a POST conditional on it.
 */
export function sendJsonTexts(application: Express): void {
  const { json } = application.response;
  const head = new PreparedHead(200, { 'Content-Type': JSON_MEDIA_TYPE }, httpClock());
  application.response.json = function (this: Response, body: unknown) {
    if (!(body instanceof JsonText)) {
      return json.call(this, body);
    }
    const { text, headers } = body;
    const length = Buffer.byteLength(text);
    const own = new OwnHeaders({ ...headers, 'Content-Length': String(length) });
    head.send(this, own, { text, isAscii: length === text.length });
    return this;
  };
}
