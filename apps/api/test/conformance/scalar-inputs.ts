import fc, { type Arbitrary } from 'fast-check';
import type { ZodNumber, ZodString } from 'zod';
import type { KnownValues } from './known-values.js';

/** The parts of a schema's documentation from which its inputs are chosen. */
export interface InputDocumentation {
  readonly description?: string;
  readonly example?: unknown;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
}

/** Longer texts are only created at the limit of their schema. */
const USUAL_LENGTH = 20;

/** Lower numbers are only created at the limit of their schema. */
const USUAL_MINIMUM = -10;

/** Returns texts for a string: known and documented ones, any Unicode text, and the longest. */
export function textInputs(
  schema: ZodString,
  name: string,
  { description = '', example, format, maxLength }: InputDocumentation,
  known: KnownValues,
): Arbitrary<string> {
  const limit = schema.maxLength ?? maxLength ?? USUAL_LENGTH;
  const longest = 'x'.repeat(limit);
  return fc.oneof(
    { weight: 6, arbitrary: fc.nat(1000).map((index) => known.pick(name, index) ?? longest) },
    { weight: 3, arbitrary: fc.constantFrom(String(example ?? ''), ...quotedIn(description)) },
    {
      weight: 6,
      arbitrary: texts(schema, format, {
        minLength: schema.minLength ?? 1,
        maxLength: Math.min(limit, USUAL_LENGTH),
      }),
    },
    { weight: 1, arbitrary: fc.constant(longest) },
  );
}

/** Returns the values that a description quotes, such as `*`. */
function quotedIn(description: string): string[] {
  return Array.from(description.matchAll(/`([^`]+)`/g), ([, value = '']) => value);
}

function texts(
  schema: ZodString,
  format: string | undefined,
  lengths: { minLength: number; maxLength: number },
): Arbitrary<string> {
  const pattern = schema._def.checks.find((check) => check.kind === 'regex')?.regex;
  if (pattern) {
    return fc.stringMatching(pattern);
  }
  if (format === 'uuid' || schema.isUUID) {
    return fc.uuid({ version: 4 });
  }
  return fc.oneof(
    fc.string({ ...lengths, unit: 'grapheme-ascii' }),
    fc.string({ ...lengths, unit: 'grapheme' }),
  );
}

/** Returns numbers within the bounds of a number, often the bounds themselves. */
export function numberInputs(
  schema: ZodNumber,
  { minimum = -1000, maximum = 1_000_000, example }: InputDocumentation,
): Arbitrary<number> {
  const min = schema.minValue ?? minimum;
  const max = schema.maxValue ?? maximum;
  const usual = Math.max(Math.ceil(min), USUAL_MINIMUM);
  const whole = fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: usual, max: Math.min(max, usual + 1000) }) },
    { weight: 1, arbitrary: fc.constantFrom(min, max, Number(example ?? min)) },
  );
  return schema.isInt
    ? whole
    : fc.oneof(
        whole,
        fc.integer({ min: 1, max: 100_000 }).map((cents) => min + cents / 100),
      );
}
