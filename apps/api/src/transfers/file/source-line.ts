import type { FieldError } from '@product-api/contract';

/** One product of a file: a line of NDJSON, or a record of CSV. */
export interface SourceLine {
  /** The line of the file where it begins, from 1. */
  readonly line: number;
  /** What was sent, so that two files can be compared. */
  readonly text: string;
  /** The value to validate, or why there is none. */
  readonly content: { readonly value: unknown } | { readonly errors: readonly FieldError[] };
}

/** Reads the lines of a file. */
export type ReadLines = (
  chunks: AsyncIterable<Buffer>,
  limitBytes: number,
) => AsyncGenerator<SourceLine, void, undefined>;

/** Returns the content of a line that is too long to be read. */
export function tooLong(limitBytes: number): SourceLine['content'] {
  const message = `Line should have at most ${limitBytes} bytes`;
  return { errors: [{ field: 'body', message }] };
}
