import { ConnectionError } from '../errors/connection-errors.js';
import { checkProduct, type Product, routes } from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';
import { requestPath } from '../http/request-path.js';
import type { ExportOptions, ExportQuery, ExportTextQuery } from '../options/transfer-options.js';
import { readLine, refuseFailure } from '../responses/read-success.js';
import { requiredHeader } from '../responses/required-header.js';
import type { Transport } from '../transport/transport.js';
import { decodedText, Resumption, withoutTimeout } from './resumed-stream.js';

const NOT_FOUND = 404;

/** The last products whose ids are kept: the export goes on behind the last one that exists. */
const KEPT_PLACES = 20;

/** Characters of an id. */
const ID_LENGTH = 36;

/** Where the id of a line begins: it is the first field in both formats. */
const idStarts = { ndjson: '{"id":"'.length, csv: 0 };

/** Returns the products of an export. */
export async function* exportProducts(
  transport: Transport,
  query: ExportQuery = {},
  options: ExportOptions = {},
): AsyncGenerator<Product, void, undefined> {
  const parts = exportParts(transport, { ...query, format: 'ndjson' }, options);
  for await (const { lines, response } of parts) {
    for (const line of lines.split('\n')) {
      if (line !== '') {
        yield readLine(checkProduct, line, response);
      }
    }
  }
}

/** Returns the text of an export, in parts of whole lines. */
export async function* exportText(
  transport: Transport,
  query: ExportTextQuery = {},
  options: ExportOptions = {},
): AsyncGenerator<string, void, undefined> {
  for await (const { lines } of exportParts(transport, query, options)) {
    yield lines;
  }
}

/** Whole lines of an export, and the response that they came from. */
interface ExportPart {
  readonly lines: string;
  readonly response: HttpResponse;
}

/** Requests an export. After a broken connection it goes on behind the last whole line. */
async function* exportParts(
  transport: Transport,
  query: ExportTextQuery,
  options: ExportOptions,
): AsyncGenerator<ExportPart, void, undefined> {
  const { format = 'ndjson' } = query;
  const { method, path } = routes.transfers.exportProducts;
  let { onChangesCursor } = options;
  const resumption = new Resumption(options.signal);
  let places: string[] = [];
  let hasBegun = false;
  for (;;) {
    const after = places.at(-1);
    const { response, policy } = await transport({
      method,
      path: requestPath(path, {}, { ...query, format, after }),
      options: withoutTimeout(options),
      retriedAfter: 'failures',
      streamed: true,
    });
    if (response.status === NOT_FOUND && places.length > 1) {
      // The product was deleted meanwhile: go on behind the one before it.
      places.pop();
      continue;
    }
    refuseFailure(response);
    // A later response has a later cursor, behind changes of the products before.
    onChangesCursor?.(requiredHeader(response, 'Changes-Cursor'));
    onChangesCursor = undefined;
    try {
      let header = format === 'csv' && hasBegun ? '\r\n' : '';
      let rest = '';
      for await (const text of decodedText(response.stream, response.request, options.signal)) {
        rest += text;
        if (header !== '' && rest.includes(header)) {
          // The names of the fields, which the first response had.
          rest = rest.slice(rest.indexOf(header) + header.length);
          header = '';
        }
        const ends = header === '' ? lineEnds(rest, format) : [];
        const end = ends.at(-1);
        if (end !== undefined) {
          const lines = rest.slice(0, end);
          rest = rest.slice(end);
          places = [...places, ...lastIds(lines, ends, format)].slice(-KEPT_PLACES);
          hasBegun = true;
          resumption.reset();
          yield { lines, response };
        }
      }
      return;
    } catch (error) {
      if (!(error instanceof ConnectionError)) {
        throw error;
      }
      await resumption.afterFailure(error, policy);
    }
  }
}

/** Returns where each whole line of a text ends; a line of CSV may have breaks in quotes. */
function lineEnds(text: string, format: 'ndjson' | 'csv'): number[] {
  const newline = format === 'csv' ? '\r\n' : '\n';
  const ends: number[] = [];
  let start = 0;
  for (let at = text.indexOf(newline); at !== -1; at = text.indexOf(newline, at + 1)) {
    if (format === 'ndjson' || quotesIn(text, start, at) % 2 === 0) {
      start = at + newline.length;
      ends.push(start);
    }
  }
  return ends;
}

function quotesIn(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('"', start); at !== -1 && at < end; at = text.indexOf('"', at + 1)) {
    count += 1;
  }
  return count;
}

/** Returns the ids of the last lines of whole lines, without the names of the fields. */
function lastIds(lines: string, ends: readonly number[], format: 'ndjson' | 'csv'): string[] {
  return [0, ...ends.slice(0, -1)]
    .slice(-KEPT_PLACES)
    .map((start) => lines.slice(start + idStarts[format]).slice(0, ID_LENGTH))
    .filter((id) => /^[\da-f-]{36}$/.test(id));
}
