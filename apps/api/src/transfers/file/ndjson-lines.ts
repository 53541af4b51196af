import { parseJson } from '../../http/body/parse-json.js';
import { ValidationError } from '../../http/problems/problem-errors.js';
import { type SourceLine, tooLong } from './source-line.js';

const NEWLINE = 0x0a;

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

const BLANK = /^[ \t\r]*$/;

/** Reads the lines of NDJSON, except blank ones. A line that is too long is not kept in memory. */
export async function* ndjsonLines(
  chunks: AsyncIterable<Buffer>,
  limitBytes: number,
): AsyncGenerator<SourceLine, void, undefined> {
  let line = 0;
  for await (const bytes of splitLines(chunks, limitBytes)) {
    line += 1;
    const read = readLine(line, bytes, limitBytes);
    if (read) {
      yield read;
    }
  }
}

function readLine(line: number, bytes: Buffer, limitBytes: number): SourceLine | undefined {
  if (bytes.length > limitBytes) {
    return { line, text: '', content: tooLong(limitBytes) };
  }
  const hasMark = line === 1 && bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  const content = hasMark ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes;
  const text = content.toString();
  if (BLANK.test(text)) {
    return undefined;
  }
  try {
    return { line, text, content: { value: parseJson(content, 'Line') } };
  } catch (error) {
    if (error instanceof ValidationError && error.errors) {
      return { line, text, content: { errors: error.errors } };
    }
    throw error;
  }
}

/** Splits bytes at newlines. Of a line that is too long, one byte more than the limit is left. */
async function* splitLines(
  chunks: AsyncIterable<Buffer>,
  limitBytes: number,
): AsyncGenerator<Buffer, void, undefined> {
  let begun: Buffer[] = [];
  let length = 0;
  const add = (part: Buffer) => {
    const kept = part.subarray(0, Math.max(0, limitBytes + 1 - length));
    if (kept.length > 0) {
      begun.push(kept);
      length += kept.length;
    }
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      add(chunk.subarray(start, end));
      yield begun.length === 1 && begun[0] ? begun[0] : Buffer.concat(begun);
      begun = [];
      length = 0;
      start = end + 1;
    }
    add(chunk.subarray(start));
  }
  if (length > 0) {
    yield Buffer.concat(begun);
  }
}
