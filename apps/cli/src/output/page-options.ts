import { Option } from '@commander-js/extra-typings';
import { count } from '../input/option-values.js';

/** Items that a list prints without an option. */
export const DEFAULT_LIMIT = 20;

/** Creates the option for the number of items. */
export function limitOption(items: string) {
  return new Option(
    '--limit <count>',
    `maximum number of ${items} (default: ${DEFAULT_LIMIT})`,
  ).argParser(count('Limit'));
}

/** Creates the option for all items, instead of a number of them. */
export function allOption(items: string) {
  return new Option('--all', `list all ${items}`).conflicts('limit');
}
