import { InvalidArgumentError } from '@commander-js/extra-typings';

/**
 * Reads a decimal number, which may be negative: the service says what is wrong with it.
 *
 * @throws InvalidArgumentError when it is no number.
 */
export function parseDecimal(text: string): number {
  if (!/^-?\d+(\.\d+)?$/.test(text)) {
    throw new InvalidArgumentError('It is no number.');
  }
  return Number(text);
}

/**
 * Reads a number of things, at least one.
 *
 * @throws InvalidArgumentError when it is no such number.
 */
export function parseCount(text: string): number {
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count < 1) {
    throw new InvalidArgumentError('It is no whole number above zero.');
  }
  return count;
}

/**
 * Reads a time in seconds.
 *
 * @throws InvalidArgumentError when it is no number above zero.
 */
export function parseSeconds(text: string): number {
  const seconds = parseDecimal(text);
  if (seconds <= 0) {
    throw new InvalidArgumentError('It is no time above zero.');
  }
  return seconds;
}
