import { type ZodString, z } from 'zod';

/** A string member of a body. */
export function text(): ZodString {
  return z.string({
    required_error: 'Field required',
    invalid_type_error: 'Input should be a valid string',
  });
}

/**
 * Bounds a string to `maxLength` characters, and to text that every layer below
 * can store and give back byte for byte.
 */
export function bounded(schema: ZodString, maxLength: number) {
  return schema.superRefine((value, context) => {
    if (!isStorable(value)) {
      context.addIssue({
        code: 'custom',
        message: 'Input should be well-formed Unicode text without NUL',
      });
    }
    if (exceeds(value, maxLength)) {
      context.addIssue({
        code: 'custom',
        message: `String should have at most ${maxLength} characters`,
      });
    }
  });
}

/** A lone surrogate has no UTF-8 form, and SQLite's text ends at a NUL. */
function isStorable(value: string): boolean {
  return value.isWellFormed() && !value.includes('\0');
}

/** Whether a text has more characters (code points, as JSON Schema counts) than `maxLength`. */
function exceeds(value: string, maxLength: number): boolean {
  // A code point takes one or two units, so most texts are decided without counting.
  if (value.length <= maxLength) {
    return false;
  }
  return value.length > 2 * maxLength || [...value].length > maxLength;
}
