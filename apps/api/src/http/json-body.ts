import { isUtf8 } from 'node:buffer';
import express, { type Request, type RequestHandler } from 'express';
import { ProblemError } from './problem-error.js';
import { ValidationError } from './validation-error.js';

const MEDIA_TYPE = 'application/json';

/**
 * Parses the JSON body of a request, of at most `limitBytes` bytes.
 * Another media type, a body without one, or a compressed body is answered 415.
 */
export function jsonBody(limitBytes: number): RequestHandler[] {
  const parse = express.json({
    limit: limitBytes,
    inflate: false,
    strict: false,
    type: MEDIA_TYPE,
    verify: (_request, _response, bytes, encoding) => {
      // The parser would take an empty body for an empty object.
      if (bytes.length === 0)
        throw new ValidationError([{ field: 'body', message: 'Field required' }]);
      // A decoder would put U+FFFD where a byte is wrong, and the client's text would be changed in silence.
      if (encoding === 'utf-8' && !isUtf8(bytes)) {
        throw new ValidationError([{ field: 'body', message: 'Body should be valid UTF-8' }]);
      }
    },
  });
  return [requireJson, parse];
}

const requireJson: RequestHandler = (request, _response, next) => {
  // Where there is no body at all, the contract's own validation reports that.
  if (hasBody(request) && !request.is(MEDIA_TYPE)) {
    throw new ProblemError('unsupported-media-type', `Content-Type should be ${MEDIA_TYPE}`, {
      headers: { Accept: MEDIA_TYPE },
    });
  }
  next();
};

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0;
}
