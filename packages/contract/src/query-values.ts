import { z } from 'zod';

const DECIMAL_TEXT = /^-?\d+(\.\d+)?$/;

/** Converts decimal text to a number; passes on any other value, which the schema then refuses. */
export function fromDecimalText(value: unknown): unknown {
  return typeof value === 'string' && DECIMAL_TEXT.test(value) ? Number(value) : value;
}

/** Converts `true` and `false` to booleans; `z.coerce.boolean` would convert "false" to true. */
export function fromBooleanText(value: unknown): unknown {
  if (value === 'true') {
    return true;
  }
  if (value === 'false') {
    return false;
  }
  return value;
}

/** Returns the schema of a query parameter with one of these values. */
export function choice<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, {
    errorMap: () => ({ message: `Input should be one of: ${values.join(', ')}` }),
  });
}

/** Returns the schema of a query parameter with a whole number of this range. */
export function wholeNumber(min: number, max: number) {
  return z
    .number({ invalid_type_error: 'Input should be a valid integer' })
    .int('Input should be a valid integer')
    .min(min, `Input should be greater than or equal to ${min}`)
    .max(max, `Input should be less than or equal to ${max}`);
}
