import type { Express, Response } from 'express';
import { JSON_MEDIA_TYPE } from '../headers/constant-headers.js';

/** A value as the JSON text that it would be printed as. */
class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Returns a JSON text as the body of a response, which is sent without parsing and printing it. */
export function jsonText<Body>(text: string): Body {
  // ts-rest passes a handler's body on to `response.json`, which `sendJsonTexts` extends.
  return new JsonText(text) as Body;
}

/**
 * Makes `response.json` send the text of a `jsonText` as it is, without an entity tag: hashing a
 * large text takes longer than joining it, and nobody makes a POST conditional on it.
 */
export function sendJsonTexts(application: Express): void {
  const { json } = application.response;
  application.response.json = function (this: Response, body: unknown) {
    if (!(body instanceof JsonText)) {
      return json.call(this, body);
    }
    this.setHeader('Content-Type', JSON_MEDIA_TYPE);
    return this.end(body.text);
  };
}
