import { ConnectionError } from '../errors/connection-errors.js';
import { checkProduct, type Product, routes } from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';
import { requestPath } from '../http/request-path.js';
import type { ExportOptions, ExportQuery, ExportTextQuery } from '../options/transfer-options.js';
import { readLine, refuseFailure } from '../responses/read-success.js';
import { requiredHeader } from '../responses/required-header.js';
import type { Transport } from '../transport/transport.js';
import { decodedText, Resumption, withoutTimeout } from './resumed-stream.js';

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
  let after: string | undefined;
  let hasBegun = false;
  for (;;) {
    const { response, policy } = await transport({
      method,
      path: requestPath(path, {}, { ...query, format, after }),
      options: withoutTimeout(options),
      retriedAfter: 'failures',
      streamed: true,
    });
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
        const end = header === '' ? endOfLines(rest, format) : 0;
        if (end > 0) {
          const lines = rest.slice(0, end);
          rest = rest.slice(end);
          after = lastId(lines, format) ?? after;
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

/** Returns where the last whole line of a text ends; a line of CSV may have breaks in quotes. */
function endOfLines(text: string, format: 'ndjson' | 'csv'): number {
  if (format === 'ndjson') {
    return text.lastIndexOf('\n') + 1;
  }
  let end = 0;
  let start = 0;
  for (let at = text.indexOf('\r\n'); at !== -1; at = text.indexOf('\r\n', at + 2)) {
    if (quotesIn(text, start, at) % 2 === 0) {
      end = at + 2;
      start = end;
    }
  }
  return end;
}

function quotesIn(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('"', start); at !== -1 && at < end; at = text.indexOf('"', at + 1)) {
    count += 1;
  }
  return count;
}

/** Returns the id of the last line of whole lines; undefined for the names of the fields. */
function lastId(lines: string, format: 'ndjson' | 'csv'): string | undefined {
  const start = startOfLastLine(lines, format) + idStarts[format];
  const id = lines.slice(start, start + ID_LENGTH);
  return /^[\da-f-]{36}$/.test(id) ? id : undefined;
}

function startOfLastLine(lines: string, format: 'ndjson' | 'csv'): number {
  const newline = format === 'csv' ? '\r\n' : '\n';
  const beforeLast = lines.slice(0, -newline.length);
  return format === 'csv' ? endOfLines(beforeLast, format) : beforeLast.lastIndexOf('\n') + 1;
}
