import { InvalidArgumentError } from '@commander-js/extra-typings';

/**
 * Creates a parser for a decimal number. It accepts negative numbers: the service checks the range,
 * and reports all invalid fields at once.
 *
 * @param name the subject of the error message, such as `'Price'`
 */
export function decimal(name: string): (text: string) => number {
  return (text) => {
    if (!/^-?\d+(\.\d+)?$/.test(text)) {
      throw new InvalidArgumentError(`${name} must be a number: ${text}`);
    }
    return Number(text);
  };
}

/**
 * Creates a parser for a whole number of at least one.
 *
 * @param name the subject of the error message, such as `'Limit'`
 */
export function count(name: string): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : 0;
    if (value < 1) {
      throw new InvalidArgumentError(`${name} must be a whole number above zero: ${text}`);
    }
    return value;
  };
}

/**
 * Creates a parser for a number of seconds above zero.
 *
 * @param name the subject of the error message, such as `'Timeout'`
 */
export function seconds(name: string): (text: string) => number {
  const parse = decimal(name);
  return (text) => {
    const value = parse(text);
    if (value <= 0) {
      throw new InvalidArgumentError(`${name} must be above zero seconds: ${text}`);
    }
    return value;
  };
}
