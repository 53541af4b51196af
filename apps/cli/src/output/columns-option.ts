import { Option } from '@commander-js/extra-typings';
import { closest } from 'fastest-levenshtein';
import { UsageError } from '../errors.js';
import type { Column } from './column.js';

/** Creates the option `--columns` of a list. */
export function columnsOption<Item>(columns: readonly Column<Item>[]) {
  return new Option('--columns <names>', 'only these columns, separated by commas')
    .choices(columns.map(({ field }) => field))
    .argParser((names: string) => names.split(',').map((name) => findColumn(columns, name)));
}

function findColumn<Item>(columns: readonly Column<Item>[], name: string): Column<Item> {
  const column = columns.find(({ field }) => field === name);
  if (column === undefined) {
    const fields = columns.map(({ field }) => field);
    throw new UsageError(
      `There is no column ${name}. Did you mean ${closest(name, fields)}? ` +
        `Columns: ${fields.join(', ')}`,
    );
  }
  return column;
}
