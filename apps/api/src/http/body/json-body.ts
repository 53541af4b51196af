import { isUtf8 } from 'node:buffer';
import { parse as parseContentType } from 'content-type';
import type { Request, RequestHandler, Response } from 'express';
import readRawBody from 'raw-body';
import type { ByteBudget } from '../limits/byte-budget.js';
import { ProblemError, ValidationError } from '../problems/problem-errors.js';
import { jsonFaultAt } from './json-fault.js';
import { isNestedDeeperThan } from './json-nesting.js';
import { hasMoreValuesThan } from './json-values.js';

const jsonAlone = ['application/json'];

/** JSON is always UTF-8 (RFC 8259 §8.1). The second name is a common mistake. */
const utf8Names = ['utf-8', 'utf8'];

/**
 * Maximum number of values in a large body. The parser takes up to 200 ms for a mebibyte of values
 * and would stop the event loop for that time. A product has five values.
 */
const MAX_VALUES = 10_000;

/** Maximum depth of nested arrays and objects. The deepest body that makes sense has three. */
const MAX_NESTING = 100;

/** Smaller bodies take a few milliseconds to parse, whatever they contain. */
const LARGE_BODY_BYTES = 64 * 1024;

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
      request.body = parseJson(await readBytes(request, response, options));
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

/** Reads the rest of a body, for as long as the server allows that. */
function discardRest(request: Request, response: Response): void {
  if (request.headers.expect !== undefined) {
    // The client waits for `100 Continue`, so it is unknown whether it will send the body.
    response.shouldKeepAlive = false;
    return;
  }
  request.resume();
}

function parseJson(bytes: Buffer): unknown {
  // Decoding would silently replace invalid bytes with U+FFFD.
  if (!isUtf8(bytes)) {
    throw new ValidationError([{ field: 'body', message: 'Body should be valid UTF-8' }]);
  }
  if (bytes.length > LARGE_BODY_BYTES && hasMoreValuesThan(MAX_VALUES, bytes)) {
    throw new ValidationError([
      { field: 'body', message: `Body should hold at most ${MAX_VALUES} values` },
    ]);
  }
  const value = parseText(bytes.toString());
  if (isNestedDeeperThan(MAX_NESTING, value)) {
    throw new ValidationError([
      { field: 'body', message: `Body should be nested at most ${MAX_NESTING} levels deep` },
    ]);
  }
  return value;
}

function parseText(text: string): unknown {
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
