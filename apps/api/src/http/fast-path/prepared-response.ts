import type { Response } from 'express';
import { entityTag } from '../conditional/entity-tag.js';
import { isNotModified } from '../conditional/not-modified.js';
import { JSON_MEDIA_TYPE } from '../headers/constant-headers.js';
import { httpClock } from './http-clock.js';
import { type Body, OwnHeaders, PreparedHead } from './prepared-head.js';

const noBody: Body = { text: '', isAscii: true };

/** A JSON text from the cache, with the headers that depend on it. */
export interface PreparedResponse {
  readonly body: Body;
  readonly entityTag: string;
  readonly complete: OwnHeaders;
  readonly notModified: OwnHeaders;
}

/** Computes the headers of a text, so that later responses with it need not. */
export function prepareResponse(text: string): PreparedResponse {
  const length = Buffer.byteLength(text);
  const ETag = entityTag(text);
  return {
    body: { text, isAscii: length === text.length },
    entityTag: ETag,
    complete: new OwnHeaders({ ETag, 'Content-Length': String(length) }),
    notModified: new OwnHeaders({ ETag }),
  };
}

/** Sends a prepared response, or 304 if the client already has the text (RFC 9110 §13.1.2). */
export type SendPrepared = (response: Response, prepared: PreparedResponse) => void;

/**
 * Creates the function that sends prepared responses. A route must share one, as it keeps head
 * texts.
 */
export function preparedSender(): SendPrepared {
  const httpDate = httpClock();
  const cached = { 'X-Cache': 'HIT' };
  const notModified = new PreparedHead(304, cached, httpDate);
  const complete = new PreparedHead(200, { ...cached, 'Content-Type': JSON_MEDIA_TYPE }, httpDate);

  return (response, prepared) => {
    const { headers, method } = response.req;
    if (headers['if-none-match'] !== undefined && isNotModified(headers, prepared.entityTag)) {
      notModified.send(response, prepared.notModified, noBody);
    } else {
      complete.send(response, prepared.complete, method === 'HEAD' ? noBody : prepared.body);
    }
  };
}
