import type { IncomingHttpHeaders } from 'node:http';
import type { Response } from 'express';
import fresh from 'fresh';
import { entityTag } from '../conditional/entity-tag.js';
import { jsonMediaType } from '../send-json.js';
import { httpClock } from './http-clock.js';
import { type Body, OwnHeaders, PreparedHead } from './prepared-head.js';

const noBody: Body = { text: '', isAscii: true };

/** A JSON text from the cache, and what its headers say of it. */
export interface PreparedAnswer {
  readonly body: Body;
  readonly entityTag: string;
  readonly complete: OwnHeaders;
  readonly notModified: OwnHeaders;
}

/** Computes once what is sent many times. */
export function prepareAnswer(text: string): PreparedAnswer {
  const length = Buffer.byteLength(text);
  const ETag = entityTag(text);
  return {
    body: { text, isAscii: length === text.length },
    entityTag: ETag,
    complete: new OwnHeaders({ ETag, 'Content-Length': String(length) }),
    notModified: new OwnHeaders({ ETag }),
  };
}

/** Sends a text from the cache as it is, or 304 where the client has it already (RFC 9110 §13.1.2). */
export type SendPrepared = (response: Response, answer: PreparedAnswer) => void;

/** Makes the function that sends prepared answers; one is to serve for all of a route. */
export function preparedSender(): SendPrepared {
  const httpDate = httpClock();
  const cached = { 'X-Cache': 'HIT' };
  const notModified = new PreparedHead(304, cached, httpDate);
  const complete = new PreparedHead(200, { ...cached, 'Content-Type': jsonMediaType }, httpDate);

  return (response, answer) => {
    const { headers, method } = response.req;
    if (headers['if-none-match'] !== undefined && isFresh(headers, answer.entityTag)) {
      notModified.send(response, answer.notModified, noBody);
    } else {
      complete.send(response, answer.complete, method === 'HEAD' ? noBody : answer.body);
    }
  };
}

/** Most clients send the one tag that they have, and nothing that forbids them to use it. */
function isFresh(headers: IncomingHttpHeaders, entityTag: string): boolean {
  const isPlain = headers['if-none-match'] === entityTag && headers['cache-control'] === undefined;
  return isPlain || fresh(headers, { etag: entityTag });
}
