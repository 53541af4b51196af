import { Option } from '@commander-js/extra-typings';
import type { FollowOptions } from '@product-api/client';
import { oneOf } from '../input/option-values.js';

const kinds = ['create', 'update', 'delete'] as const;

/** The options that say which changes are wanted. */
export const changeOptions = {
  after: () => new Option('--after <cursor>', 'only changes behind this cursor (default: now)'),
  cursorFile: () =>
    new Option(
      '--cursor-file <path>',
      'begin behind the cursor in this file, if it exists, and keep the cursor of what was printed there',
    ).conflicts('after'),
  product: () => new Option('--product <id>', 'only changes of this product'),
  kind: () =>
    new Option('--kind <kind>', 'only changes of this kind')
      .choices(kinds)
      .argParser(oneOf('Kind', kinds)),
  withProducts: () =>
    new Option('--with-products', 'each change with its product as it is now, if it exists'),
};

/** The values of the options that select changes. */
export interface ChangeFilters {
  readonly product?: string | undefined;
  readonly kind?: (typeof kinds)[number] | undefined;
  readonly withProducts?: true | undefined;
}

/** Returns what the filters mean for a loop over changes. */
export function followOptions({ product, kind, withProducts }: ChangeFilters): FollowOptions {
  return { productId: product, kind, include: withProducts && 'product' };
}
