import { parseJson } from '../../http/body/parse-json.js';
import { ValidationError } from '../../http/problems/problem-errors.js';
import { type SourceLine, tooLong } from './source-line.js';

const NEWLINE = 0x0a;

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

const EMPTY = Buffer.alloc(0);

const BLANK = /^[ \t\r]*$/;

/** Reads the lines of NDJSON, except blank ones. A line that is too long is not kept in memory. */
export async function* ndjsonLines(
  chunks: AsyncIterable<Buffer>,
  limitBytes: number,
): AsyncGenerator<SourceLine, void, undefined> {
  const splitter = new LineSplitter(limitBytes);
  let line = 0;
  const read = (bytes: Buffer) => {
    line += 1;
    return readLine(line, bytes, limitBytes);
  };
  for await (const chunk of chunks) {
    for (const bytes of splitter.linesOf(chunk)) {
      const source = read(bytes);
      if (source) {
        yield source;
      }
    }
  }
  const last = read(splitter.rest());
  if (last) {
    yield last;
  }
}

function readLine(line: number, bytes: Buffer, limitBytes: number): SourceLine | undefined {
  if (bytes.length === 0) {
    return undefined;
  }
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

/**
 * Splits bytes at newlines. Of a line that is too long, one byte more than the limit is left. It is
 * synchronous: a small compressed file can have hundreds of millions of empty lines.
 */
class LineSplitter {
  readonly #limitBytes: number;
  #begun: Buffer[] = [];
  #length = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** Returns the lines that end in a chunk. */
  *linesOf(chunk: Buffer): Generator<Buffer, void, undefined> {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      if (start < end) {
        this.#add(chunk.subarray(start, end));
      }
      yield this.rest();
      start = end + 1;
    }
    this.#add(chunk.subarray(start));
  }

  /** Returns the line that has begun, and begins the next one. */
  rest(): Buffer {
    if (this.#length === 0) {
      return EMPTY;
    }
    const [first = EMPTY, ...others] = this.#begun;
    this.#begun = [];
    this.#length = 0;
    return others.length === 0 ? first : Buffer.concat([first, ...others]);
  }

  #add(part: Buffer): void {
    const kept = part.subarray(0, Math.max(0, this.#limitBytes + 1 - this.#length));
    if (kept.length > 0) {
      this.#begun.push(kept);
      this.#length += kept.length;
    }
  }
}
