import type { Product } from '@product-api/client';
import { type Column, plainTable, widthBeside } from '../plain-table.js';
import { printable } from '../printable.js';
import { alignedPrices } from './price-text.js';

const ID_WIDTH = 36;
const NAME_WIDTH = 24;
const MIN_DESCRIPTION_WIDTH = 12;

/**
 * Formats products as a table with one line per product.
 *
 * @param width columns of the terminal; descriptions are cut off to fit
 */
export function productTable(products: readonly Product[], width: number): string {
  const columns: Column[] = [
    { cells: ['ID', ...products.map(({ id }) => id)], width: ID_WIDTH },
    { cells: ['NAME', ...products.map(({ name }) => printable(name))], width: NAME_WIDTH },
    numberColumn('PRICE', alignedPrices(products.map(({ price }) => price))),
    numberColumn(
      'STOCK',
      products.map((product) => String(product.stock_quantity)),
    ),
  ];
  return plainTable([
    ...columns,
    {
      cells: ['DESCRIPTION', ...products.map(({ description }) => printable(description))],
      width: Math.max(MIN_DESCRIPTION_WIDTH, width - widthBeside(columns)),
    },
  ]);
}

function numberColumn(heading: string, numbers: readonly string[]): Column {
  const cells = [heading, ...numbers];
  return { cells, width: Math.max(...cells.map(({ length }) => length)), align: 'right' };
}
