import { Option } from '@commander-js/extra-typings';
import { UsageError } from '../errors.js';
import { oneOf } from '../input/option-values.js';

/** The values of `--output`. */
const outputs = ['table', 'json', 'ndjson', 'csv'] as const;

/** How commands print: for people, as a JSON document per line, or as CSV. */
export type Format = 'table' | 'json' | 'csv';

/** Creates the option `--output`. */
export function outputOption() {
  return new Option('--output <format>', 'how to print; json and ndjson: one document per line')
    .choices(outputs)
    .argParser(oneOf('Output', outputs));
}

/** The options that choose the format. */
export interface FormatOptions {
  readonly output?: (typeof outputs)[number] | undefined;
  readonly json?: true | undefined;
}

/**
 * Returns the format that the options choose.
 *
 * @throws {UsageError} when they choose two
 */
export function chosenFormat({ output, json }: FormatOptions): Format {
  const format = output === 'ndjson' ? 'json' : output;
  if (json && format !== undefined && format !== 'json') {
    throw new UsageError(`--json cannot be used with --output ${output}`);
  }
  return format ?? (json ? 'json' : 'table');
}
