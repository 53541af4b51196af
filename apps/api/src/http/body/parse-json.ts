import { isUtf8 } from 'node:buffer';
import { ValidationError } from '../problems/problem-errors.js';
import { jsonFaultAt } from './json-fault.js';
import { isNestedDeeperThan } from './json-nesting.js';
import { hasMoreValuesThan } from './json-values.js';

/**
 * Maximum number of values in a large text. The parser takes up to 200 ms for a mebibyte of values
 * and would stop the event loop for that time. A product has five values.
 */
const MAX_VALUES = 10_000;

/** Maximum depth of nested arrays and objects. The deepest text that makes sense has three. */
const MAX_NESTING = 100;

/** Smaller texts take a few milliseconds to parse, whatever they contain. */
const LARGE_BYTES = 64 * 1024;

/**
 * Parses JSON that a client has sent.
 *
 * @param subject what the bytes are, for the message: a whole body, or one line of it
 * @throws {ValidationError} when they are not JSON in UTF-8, have too many values, or are nested
 *   too deeply
 */
export function parseJson(bytes: Buffer, subject: 'Body' | 'Line'): unknown {
  const fail = (expected: string) =>
    new ValidationError([{ field: 'body', message: `${subject} should ${expected}` }]);
  // Decoding would silently replace invalid bytes with U+FFFD.
  if (!isUtf8(bytes)) {
    throw fail('be valid UTF-8');
  }
  if (bytes.length > LARGE_BYTES && hasMoreValuesThan(MAX_VALUES, bytes)) {
    throw fail(`hold at most ${MAX_VALUES} values`);
  }
  const text = bytes.toString();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw fail(`be valid JSON${placeOfFault(text, subject)}`);
  }
  if (isNestedDeeperThan(MAX_NESTING, value)) {
    throw fail(`be nested at most ${MAX_NESTING} levels deep`);
  }
  return value;
}

function placeOfFault(text: string, subject: 'Body' | 'Line'): string {
  const at = jsonFaultAt(text);
  if (at === undefined) {
    return '';
  }
  return subject === 'Body'
    ? `: see line ${at.line}, column ${at.column}`
    : `: see column ${at.column}`;
}
