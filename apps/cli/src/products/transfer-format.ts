import { Option } from '@commander-js/extra-typings';
import { oneOf } from '../input/option-values.js';

const formats = ['ndjson', 'csv'] as const;

/** The format of a file of products. */
export type TransferFormat = (typeof formats)[number];

/** Returns the option for the format of a file. */
export function formatOption() {
  return new Option('--format <format>', 'format of the file (default: csv for *.csv, else ndjson)')
    .choices(formats)
    .argParser(oneOf('Format', formats));
}

/** Returns the format of a file: the given one, or the one that its name says. */
export function formatOf(
  file: string | undefined,
  given: TransferFormat | undefined,
): TransferFormat {
  return given ?? (file?.toLowerCase().endsWith('.csv') ? 'csv' : 'ndjson');
}
