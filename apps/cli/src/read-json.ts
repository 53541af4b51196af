import { readFile } from 'node:fs/promises';
import { addAbortSignal, type Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { visit } from 'jsonc-parser';
import { UsageError } from './errors.js';

/** A source of JSON. */
export interface JsonSource {
  /** The path of a file, or `-` for standard input. */
  readonly path: string;
  readonly stdin: Readable;
  /** Aborts reading, which then throws the signal's reason. */
  readonly signal: AbortSignal;
}

/**
 * Reads a JSON object.
 *
 * @throws {UsageError} when the source cannot be read, or does not contain a JSON object.
 */
export async function readJsonObject(source: JsonSource): Promise<object> {
  const name = source.path === '-' ? 'Standard input' : source.path;
  const value = parse(await read(source, name), name);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value;
  }
  throw new UsageError(`${name} must contain a JSON object`);
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
    throw new UsageError(`${name} must contain JSON${placeOfSyntaxError(json)}`, { cause });
  }
}

/** Returns the place of the first syntax error; `JSON.parse` reports it for some errors only. */
function placeOfSyntaxError(json: string): string {
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
