import { UsageError } from '../errors.js';

/** Parses the value of an option. */
type Parser<T> = (text: string) => T;

/**
 * Creates a parser for text. Bytes of the command line that are not UTF-8 arrive as `�`, and would
 * be stored as that.
 *
 * @param name the subject of the error message, such as `'Name'`
 */
export function text(name: string): Parser<string> {
  return (value) => {
    if (value.includes('\uFFFD')) {
      throw new UsageError(`${name} must be text in UTF-8: ${value}`);
    }
    return value;
  };
}

/** Describes the option of a write whose value `idempotencyKey` parses. */
export const KEY_HELP = 'key of the write: repeated with the same key, it is made once';

/**
 * Parses an idempotency key.
 *
 * @throws {UsageError} when it does not have 1 to 255 visible ASCII characters
 */
export function idempotencyKey(text: string): string {
  if (!/^[!-~]{1,255}$/.test(text)) {
    throw new UsageError(
      'Idempotency key must have 1 to 255 ASCII characters, and no spaces: for example a UUID',
    );
  }
  return text;
}

/**
 * Creates a parser for a decimal number. It accepts negative numbers: the service checks the range,
 * and reports all invalid fields at once.
 *
 * @param name the subject of the error message, such as `'Price'`
 */
export function decimal(name: string): Parser<number> {
  return (text) => {
    if (!/^-?\d+(\.\d+)?$/.test(text)) {
      throw new UsageError(`${name} must be a number: ${text}`);
    }
    return Number(text);
  };
}

/**
 * Creates a parser for a whole number, which may be negative or have a plus sign.
 *
 * @param name the subject of the error message, such as `'Delta'`
 */
export function integer(name: string): Parser<number> {
  return (text) => {
    if (!/^[+-]?\d+$/.test(text)) {
      throw new UsageError(`${name} must be a whole number: ${text}`);
    }
    return Number(text);
  };
}

/**
 * Creates a parser for a whole number of at least one.
 *
 * @param name the subject of the error message, such as `'Limit'`
 */
export function count(name: string): Parser<number> {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : 0;
    if (value < 1) {
      throw new UsageError(`${name} must be a whole number above zero: ${text}`);
    }
    return value;
  };
}

/**
 * Creates a parser for a number of seconds above zero.
 *
 * @param name the subject of the error message, such as `'Timeout'`
 */
export function seconds(name: string): Parser<number> {
  const parse = decimal(name);
  return (text) => {
    const value = parse(text);
    if (value <= 0) {
      throw new UsageError(`${name} must be above zero seconds: ${text}`);
    }
    return value;
  };
}

/**
 * Creates a parser for one of some words.
 *
 * @param name the subject of the error message, such as `'Sort key'`
 */
export function oneOf<const T extends string>(name: string, words: readonly T[]): Parser<T> {
  return (text) => {
    const word = words.find((each) => each === text);
    if (word === undefined) {
      throw new UsageError(`${name} must be one of ${words.join(', ')}: ${text}`);
    }
    return word;
  };
}
