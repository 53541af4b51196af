import type { Express, Response } from 'express';
import { httpClock } from '../fast-path/http-clock.js';
import { OwnHeaders, PreparedHead } from '../fast-path/prepared-head.js';
import { JSON_MEDIA_TYPE } from '../headers/constant-headers.js';
import { sendBlocks } from './send-blocks.js';

/** A JSON text; a long one as its bytes in UTF-8, in blocks. */
export type Json = string | readonly Buffer[];

/** A JSON text in place of the value that it stands for, and the headers that belong to it. */
class JsonText {
  readonly json: Json;
  readonly headers: Readonly<Record<string, string>>;

  constructor(json: Json, headers: Readonly<Record<string, string>>) {
    this.json = json;
    this.headers = headers;
  }
}

/**
 * Returns a JSON text as the body of a response with the status 200, which is sent without parsing
 * and printing it. Blocks are sent in a turn of the event loop each.
 *
 * @param headers further headers of the response
 */
export function jsonText<Body>(json: Json, headers: Readonly<Record<string, string>>): Body {
  // ts-rest passes a handler's body on to `response.json`, which `sendJsonTexts` extends.
  return new JsonText(json, headers) as Body;
}

/** Returns the bytes of a JSON text in UTF-8. */
export function jsonSize(json: Json): number {
  return typeof json === 'string'
    ? Buffer.byteLength(json)
    : json.reduce((size, block) => size + block.length, 0);
}

/**
 * Makes `response.json` send the text of a `jsonText` as it is, without an entity tag: hashing a
 * large text takes longer than joining it, and nobody makes a POST conditional on it.
 */
export function sendJsonTexts(application: Express): void {
  const { json: sendValue } = application.response;
  const head = new PreparedHead(200, { 'Content-Type': JSON_MEDIA_TYPE }, httpClock());
  application.response.json = function (this: Response, body: unknown) {
    if (!(body instanceof JsonText)) {
      return sendValue.call(this, body);
    }
    const { json, headers } = body;
    const size = jsonSize(json);
    const own = { ...headers, 'Content-Length': String(size) };
    if (typeof json === 'string') {
      head.send(this, new OwnHeaders(own), { text: json, isAscii: size === json.length });
    } else {
      this.writeHead(200, { ...own, 'Content-Type': JSON_MEDIA_TYPE });
      void sendBlocks(this, json);
    }
    return this;
  };
}
