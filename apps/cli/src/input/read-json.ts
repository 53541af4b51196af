import { readFile } from 'node:fs/promises';
import { type ParseError, parse as parseTolerantly } from 'jsonc-parser';
import { UsageError } from '../errors.js';
import { fileFault } from './file-fault.js';
import { isNestedTooDeeply, MAX_NESTING } from './json-nesting.js';
import { readStdin, type StdinSource } from './read-stdin.js';

/** A source of JSON. */
export interface JsonSource extends StdinSource {
  /** The path of a file, or `-` for standard input. */
  readonly path: string;
}

/**
 * Reads a JSON object in UTF-8, with or without a byte order mark.
 *
 * @throws {UsageError} when the source cannot be read, or does not contain a JSON object in UTF-8
 *   that is nested at most 100 levels deep
 */
export async function readJsonObject(source: JsonSource): Promise<object> {
  const name = nameOf(source);
  const value = parse(decode(await read(source, name), name), name);
  if (isNestedTooDeeply(value)) {
    throw new UsageError(`${name} must be nested at most ${MAX_NESTING} levels deep`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value;
  }
  throw new UsageError(`${name} must contain a JSON object`);
}

/**
 * Reads lines in UTF-8 that are a JSON object each (NDJSON). Empty lines are left out.
 *
 * @throws {UsageError} when the source cannot be read, or a line is not a JSON object that is
 *   nested at most 100 levels deep
 */
export async function readJsonLines(source: JsonSource): Promise<object[]> {
  const name = nameOf(source);
  const lines = decode(await read(source, name), name).split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') {
      return [];
    }
    const value = parseLine(line);
    if (isNestedTooDeeply(value)) {
      throw new UsageError(
        `${name} must be nested at most ${MAX_NESTING} levels deep: see line ${index + 1}`,
      );
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new UsageError(`${name} must contain a JSON object per line: see line ${index + 1}`);
    }
    return value;
  });
}

function nameOf({ path }: JsonSource): string {
  return path === '-' ? 'Standard input' : path;
}

/** Returns undefined if the line is not JSON. */
function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function read({ path, ...source }: JsonSource, name: string): Promise<Buffer> {
  const { signal } = source;
  try {
    return await (path === '-' ? readStdin(source) : readFile(path, { signal }));
  } catch (cause) {
    signal.throwIfAborted();
    throw new UsageError(`${name} cannot be read: ${fileFault(cause)}`, { cause });
  }
}

/** Decodes UTF-8 strictly: otherwise each byte that is not UTF-8 would become `�` and be stored. */
function decode(bytes: Buffer, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new UsageError(
      `${name} must be text in UTF-8. Save it as UTF-8, or convert it: iconv -f LATIN1 -t UTF-8`,
      { cause },
    );
  }
}

function parse(json: string, name: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    const place = placeOfFault(json);
    throw new UsageError(`${name} must contain JSON${place && `: see ${place}`}`, { cause });
  }
}

/**
 * Returns the place of the first fault; `JSON.parse` reports it for some faults only. Returns an
 * empty text if the JSON is nested too deeply to search.
 */
function placeOfFault(json: string): string {
  const faults: ParseError[] = [];
  try {
    parseTolerantly(json, faults, { disallowComments: true });
  } catch (error) {
    if (error instanceof RangeError) {
      return '';
    }
    throw error;
  }
  const before = json.slice(0, faults[0]?.offset).split('\n');
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}
