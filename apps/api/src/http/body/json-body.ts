import { parse as parseContentType } from 'content-type';
import type { Request, RequestHandler, Response } from 'express';
import readRawBody from 'raw-body';
import type { ByteBudget } from '../limits/byte-budget.js';
import { ProblemError, ValidationError } from '../problems/problem-errors.js';
import { discardBody } from './discard-body.js';
import { parseJson } from './parse-json.js';

const jsonAlone = ['application/json'];

/** JSON is always UTF-8 (RFC 8259 §8.1). The second name is a common mistake. */
const utf8Names = ['utf-8', 'utf8'];

/** Limits for request bodies. */
export interface JsonBodyOptions {
  /** Maximum body in bytes. */
  readonly limitBytes: number;
  /** The memory for all arriving bodies. A body without a length counts with `limitBytes`. */
  readonly inTransit: ByteBudget;
  /** The media types of a body, the usual one first. Default: `application/json` alone. */
  readonly mediaTypes?: readonly string[];
}

/**
 * Creates middleware that parses the JSON body of a request. A request without a body passes: the
 * contract's validation reports it.
 *
 * A body over `limitBytes` is refused with 413 as soon as its size is known; another media type,
 * charset or encoding with 415; a body that is not JSON in UTF-8, or is nested too deeply, with
 * 400; and with 503 if `inTransit` has no room for it.
 */
export function jsonBody(options: JsonBodyOptions): RequestHandler {
  return async (request, response, next) => {
    if (hasBody(request)) {
      requireJson(request, options.mediaTypes ?? jsonAlone);
      request.body = parseJson(await readBytes(request, response, options), 'Body');
    }
    next();
  };
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0;
}

function requireJson({ headers, method }: Request, mediaTypes: readonly string[]): void {
  const unsupported = (detail: string) =>
    new ProblemError('unsupported-media-type', detail, {
      headers: {
        Accept: 'application/json',
        // RFC 5789 §2.2.
        ...(method === 'PATCH' && { 'Accept-Patch': mediaTypes.join(', ') }),
      },
    });
  const { type, parameters } = parseContentType(headers['content-type'] ?? '');
  if (!mediaTypes.includes(type.toLowerCase())) {
    throw unsupported(`Content-Type should be ${mediaTypes.join(' or ')}`);
  }
  const charset = parameters['charset'] ?? 'utf-8';
  if (!utf8Names.includes(charset.toLowerCase())) {
    throw unsupported('The charset of the body should be utf-8');
  }
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') {
    throw unsupported('The body should not be compressed');
  }
}

async function readBytes(
  request: Request,
  response: Response,
  { limitBytes: limit, inTransit }: JsonBodyOptions,
): Promise<Buffer> {
  const length = request.headers['content-length'] ?? null;
  const expected = length === null ? limit : Math.min(Number(length), limit);
  inTransit.requireRoom(expected);
  inTransit.take(expected);
  try {
    if (Number(length) <= limit) {
      response.inviteBody?.();
    }
    return await readRawBody(request, { limit, length });
  } catch (error) {
    if (!(error instanceof Error && 'status' in error && error.status === 413)) {
      throw new ValidationError([{ field: 'body', message: 'Body should arrive completely' }]);
    }
    discardBody(request, response);
    throw new ProblemError(
      'content-too-large',
      `The body is larger than the ${limit} bytes that this service takes`,
    );
  } finally {
    inTransit.give(expected);
  }
}
