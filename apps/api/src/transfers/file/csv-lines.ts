import { Readable } from 'node:stream';
import type { CsvError } from 'csv-parse';
import { ValidationError } from '../../http/problems/problem-errors.js';
import { isFieldName, valueOfCell } from './product-csv.js';
import type { SourceLine } from './source-line.js';

/** Bytes that are parsed at a time, on the event loop: they take less than a millisecond. */
const PART_BYTES = 8 * 1024;

/** Maximum columns, so that one record does not take the event loop for long. */
const MAX_COLUMNS = 1000;

/** A record, and the number of lines that were read up to its end. */
interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Reads the records of CSV (RFC 4180), whose first one has the names of fields. Lines may also end
 * with a line feed alone.
 *
 * @throws {ValidationError} when the first record has no name of a field or one twice, a record is
 *   longer than the limit, or the text is not UTF-8 or not CSV: what follows cannot be read either
 */
export async function* csvLines(
  chunks: AsyncIterable<Buffer>,
  limitBytes: number,
): AsyncGenerator<SourceLine, void, undefined> {
  let names: readonly string[] | undefined;
  // The parser counts a carriage return in a cell as a line.
  let returns = 0;
  for await (const { record, info } of recordsOf(chunks, limitBytes)) {
    if (names === undefined) {
      names = requireNames(record);
    } else {
      const line = info.lines - returns - countIn(record, '\n') - countIn(record, '\r');
      yield { line, text: JSON.stringify(record), content: contentOf(record, names) };
    }
    returns += countIn(record, '\r');
  }
}

async function* recordsOf(
  chunks: AsyncIterable<Buffer>,
  limitBytes: number,
): AsyncGenerator<CsvRecord, void, undefined> {
  // Only an import of CSV needs the parser.
  const { CsvError, parse } = await import('csv-parse');
  const parser = parse({
    bom: true,
    info: true,
    max_record_size: limitBytes,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const source = Readable.from(decoded(chunks));
  source.once('error', (error) => parser.destroy(error));
  try {
    // The options make each record an array of texts, with the parser's own counts.
    yield* source.pipe(parser) as AsyncIterable<CsvRecord>;
  } catch (error) {
    throw error instanceof CsvError ? malformed(error, limitBytes) : error;
  } finally {
    source.destroy();
  }
}

async function* decoded(chunks: AsyncIterable<Buffer>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const decode = (chunk?: Buffer) => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw invalid('Body should be valid UTF-8');
    }
  };
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; start += PART_BYTES) {
      yield decode(chunk.subarray(start, start + PART_BYTES));
    }
  }
  yield decode();
}

function requireNames(record: readonly string[]): readonly string[] {
  const names = record.map((name) => name.trim());
  if (names.length > MAX_COLUMNS) {
    throw invalid(`Line 1 should have at most ${MAX_COLUMNS} columns, and has ${names.length}`);
  }
  if (names.some((name) => /[\r\n]/.test(name))) {
    // Otherwise a file with carriage returns alone would be one record, and import nothing.
    throw invalid('Lines should end with a line feed, or a carriage return and a line feed');
  }
  if (!names.some(isFieldName)) {
    throw invalid('Line 1 should have the names of fields, such as name,price');
  }
  const repeated = names.find((name, index) => isFieldName(name) && names.indexOf(name) < index);
  if (repeated !== undefined) {
    throw invalid(`Line 1 should name each field once, and names ${repeated} twice`);
  }
  return names;
}

function contentOf(record: readonly string[], names: readonly string[]): SourceLine['content'] {
  if (record.length !== names.length) {
    const message = `Line should have ${names.length} cells, as line 1, and has ${record.length}`;
    return { errors: [{ field: 'body', message }] };
  }
  const value: Record<string, unknown> = {};
  for (const [index, name] of names.entries()) {
    const cell = valueOfCell(name, record[index] ?? '');
    if (cell !== undefined && name !== '') {
      value[name] = cell;
    }
  }
  return { value };
}

/** Returns how often a character is in the cells of a record. */
function countIn(record: readonly string[], character: string): number {
  let count = 0;
  for (const cell of record) {
    for (let at = cell.indexOf(character); at !== -1; at = cell.indexOf(character, at + 1)) {
      count += 1;
    }
  }
  return count;
}

function malformed({ code, message }: CsvError, limitBytes: number): ValidationError {
  return code === 'CSV_MAX_RECORD_SIZE'
    ? invalid(`Line should have at most ${limitBytes} bytes`)
    : invalid(`Body should be valid CSV: ${message.slice(0, 200)}`);
}

function invalid(message: string): ValidationError {
  return new ValidationError([{ field: 'body', message }]);
}
