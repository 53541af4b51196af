import { type ZodString, z } from 'zod';

/** Returns the schema of a string field of a body. */
export function text(): ZodString {
  return z.string({
    required_error: 'Field required',
    invalid_type_error: 'Input should be a valid string',
  });
}

/**
 * Limits a string to `maxLength` characters, and to text that the database and JSON can store
 * without changing it.
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

/** UTF-8 cannot encode a lone surrogate, and SQLite's text ends at a NUL. */
function isStorable(value: string): boolean {
  return value.isWellFormed() && !value.includes('\0');
}

/** Returns whether a text has more than `maxLength` code points, which JSON Schema counts. */
function exceeds(value: string, maxLength: number): boolean {
  // A code point has one or two UTF-16 units, so most texts need no counting.
  if (value.length <= maxLength) {
    return false;
  }
  return value.length > 2 * maxLength || [...value].length > maxLength;
}
