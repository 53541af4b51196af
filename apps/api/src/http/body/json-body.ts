import { isUtf8 } from 'node:buffer';
import { parse as parseContentType } from 'content-type';
import type { Request, RequestHandler, Response } from 'express';
import readRawBody from 'raw-body';
import type { ByteBudget } from '../limits/byte-budget.js';
import { ProblemError, ValidationError } from '../problems/problem-errors.js';
import { jsonFaultAt } from './json-fault.js';

const MEDIA_TYPE = 'application/json';

/** RFC 8259 §8.1 knows no other encoding; the second name is a widespread mistake. */
const utf8Names = ['utf-8', 'utf8'];

/** Milliseconds that a client may go on sending a body that was refused. */
const DISCARD_MS = 2000;

/** How bodies are bounded. */
export interface JsonBodyOptions {
  /** The largest body, in bytes. */
  readonly limitBytes: number;
  /** What all bodies may take while they arrive; one without a length counts as the largest. */
  readonly inTransit: ByteBudget;
}

/**
 * Parses the JSON body of a request, of at most `limitBytes` bytes. A request without a body passes:
 * the contract's own validation reports that.
 *
 * A larger body is refused with 413 as soon as that is known, another media type, charset or
 * encoding with 415, anything that is not JSON in UTF-8 with 400, and with 503 any body that
 * memory has no room for.
 */
export function jsonBody(options: JsonBodyOptions): RequestHandler {
  return async (request, response, next) => {
    if (hasBody(request)) {
      requireJson(request);
      request.body = parseJson(await readBytes(request, response, options));
    }
    next();
  };
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0;
}

function requireJson({ headers }: Request): void {
  const { type, parameters } = parseContentType(headers['content-type'] ?? '');
  if (type.toLowerCase() !== MEDIA_TYPE) {
    throw unsupported(`Content-Type should be ${MEDIA_TYPE}`);
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

function unsupported(detail: string): ProblemError {
  return new ProblemError('unsupported-media-type', detail, { headers: { Accept: MEDIA_TYPE } });
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
    return await readRawBody(request, { limit, length });
  } catch (error) {
    if (!(error instanceof Error && 'status' in error && error.status === 413)) {
      throw new ValidationError([{ field: 'body', message: 'Body should arrive completely' }]);
    }
    discardRest(request, response);
    throw new ProblemError(
      'content-too-large',
      `The body is larger than the ${limit} bytes that this service takes`,
    );
  } finally {
    inTransit.give(expected);
  }
}

/** Reads on, for a bounded time: a connection that is reset may lose the response on its way. */
function discardRest(request: Request, response: Response): void {
  if (request.headers.expect !== undefined) {
    // The client waits to be told to continue, so nobody knows whether a body will come.
    response.shouldKeepAlive = false;
    return;
  }
  const giveUp = setTimeout(() => request.socket.destroy(), DISCARD_MS).unref();
  request.once('end', () => clearTimeout(giveUp));
  request.resume();
}

function parseJson(bytes: Buffer): unknown {
  // A decoder would replace wrong bytes with U+FFFD and so change the client's text in silence.
  if (!isUtf8(bytes)) {
    throw new ValidationError([{ field: 'body', message: 'Body should be valid UTF-8' }]);
  }
  const text = bytes.toString();
  try {
    return JSON.parse(text);
  } catch {
    const at = jsonFaultAt(text);
    const where = at && `: see line ${at.line}, column ${at.column}`;
    throw new ValidationError([
      { field: 'body', message: `Body should be valid JSON${where ?? ''}` },
    ]);
  }
}
