import { ConnectionError } from '../errors/connection-errors.js';
import { checkProduct, type Product, routes } from '../generated/contract.js';
import { requestPath } from '../http/request-path.js';
import type { ExportOptions, ExportQuery, ExportTextQuery } from '../options/transfer-options.js';
import { refuseFailure } from '../responses/read-success.js';
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
  for await (const text of exportText(transport, { ...query, format: 'ndjson' }, options)) {
    for (const line of text.split('\n')) {
      if (line !== '') {
        yield checkProduct(JSON.parse(line), '');
      }
    }
  }
}

/**
 * Returns the text of an export, in parts of whole lines. After a broken connection the export goes
 * on behind the last whole line.
 */
export async function* exportText(
  transport: Transport,
  query: ExportTextQuery = {},
  options: ExportOptions = {},
): AsyncGenerator<string, void, undefined> {
  const { format = 'ndjson' } = query;
  const { method, path } = routes.transfers.exportProducts;
  const resumption = new Resumption(options.signal);
  let after: string | undefined;
  for (;;) {
    const { response, policy } = await transport({
      method,
      path: requestPath(path, {}, { ...query, format, after }),
      options: withoutTimeout(options),
      retriedAfter: 'failures',
      streamed: true,
    });
    refuseFailure(response);
    try {
      let header = format === 'csv' && after !== undefined ? '\r\n' : '';
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
          const whole = rest.slice(0, end);
          rest = rest.slice(end);
          after = lastId(whole, format) ?? after;
          resumption.reset();
          yield whole;
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
