import type { IncomingHttpHeaders } from 'node:http';
import { CSV_MEDIA_TYPE, importMediaTypes } from '@product-api/contract';
import { parse as parseContentType } from 'content-type';
import { ProblemError } from '../../http/problems/problem-errors.js';
import { csvLines } from '../file/csv-lines.js';
import { ndjsonLines } from '../file/ndjson-lines.js';
import type { ReadLines } from '../file/source-line.js';

const mediaTypes = Object.keys(importMediaTypes);

/** UTF-8, and a common mistake. */
const charsets = ['utf-8', 'utf8'];

/**
 * Returns the reader of a file with these headers. A request without a body needs no media type: it
 * is a file without lines.
 *
 * @throws {ProblemError} when the media type, the charset or the encoding is not supported
 */
export function readerOf(headers: IncomingHttpHeaders): ReadLines {
  const hasBody =
    headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0;
  const { type, parameters } = parseContentType(headers['content-type'] ?? '');
  const mediaType = type.toLowerCase();
  if (hasBody && !mediaTypes.includes(mediaType)) {
    throw unsupported(`Content-Type should be ${mediaTypes.join(' or ')}`);
  }
  if (!charsets.includes((parameters['charset'] ?? 'utf-8').toLowerCase())) {
    throw unsupported('The charset of the body should be utf-8');
  }
  if (!['identity', 'gzip'].includes((headers['content-encoding'] ?? 'identity').toLowerCase())) {
    throw unsupported('The body should be compressed by gzip or not at all');
  }
  return mediaType === CSV_MEDIA_TYPE ? csvLines : ndjsonLines;
}

function unsupported(detail: string): ProblemError {
  return new ProblemError('unsupported-media-type', detail, {
    headers: { Accept: mediaTypes.join(', ') },
  });
}
