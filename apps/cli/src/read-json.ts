import { readFile } from 'node:fs/promises';
import { addAbortSignal, type Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { visit } from 'jsonc-parser';
import { UsageError } from './usage-error.js';

/** Where JSON is read from. */
export interface JsonSource {
  /** A file's path; `-` for standard input. */
  readonly path: string;
  readonly stdin: Readable;
  /** Aborts the reading, which then throws the signal's reason. */
  readonly signal: AbortSignal;
}

/**
 * Reads a JSON object.
 *
 * @throws UsageError when it cannot be read, or is something else.
 */
export async function readJsonObject(source: JsonSource): Promise<object> {
  const name = source.path === '-' ? 'The standard input' : source.path;
  const value = parse(await read(source, name), name);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value;
  }
  throw new UsageError(`${name} contains no JSON object`);
}

async function read({ path, stdin, signal }: JsonSource, name: string): Promise<string> {
  try {
    return await (path === '-'
      ? text(addAbortSignal(signal, stdin))
      : readFile(path, { encoding: 'utf8', signal }));
  } catch (cause) {
    signal.throwIfAborted();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`${name} cannot be read: ${reason}`, { cause });
  }
}

function parse(json: string, name: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new UsageError(`${name} contains no JSON${placeOfFault(json)}`, { cause });
  }
}

/** Names the place where a text stops being JSON; `JSON.parse` does so for some faults only. */
function placeOfFault(json: string): string {
  let place = '';
  const onError = (
    _code: number,
    _offset: number,
    _length: number,
    line: number,
    column: number,
  ) => {
    place ||= `: see line ${line + 1}, column ${column + 1}`;
  };
  visit(json, { onError }, { disallowComments: true });
  return place;
}
