import type { Product } from '@product-api/client';
import { type Column, plainTable, widthBeside } from '../plain-table.js';
import { printable } from '../printable.js';
import { alignedPrices } from './price-text.js';

const idWidth = 36;
const nameWidth = 24;
const narrowestDescription = 12;

/**
 * Lays products out as a table, a line each.
 *
 * @param width Columns of the terminal; descriptions are cut off to fit.
 */
export function productTable(products: readonly Product[], width: number): string {
  const columns: Column[] = [
    { cells: ['ID', ...products.map(({ id }) => id)], width: idWidth },
    { cells: ['NAME', ...products.map(({ name }) => printable(name))], width: nameWidth },
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
      width: Math.max(narrowestDescription, width - widthBeside(columns)),
    },
  ]);
}

function numberColumn(heading: string, numbers: readonly string[]): Column {
  const cells = [heading, ...numbers];
  return { cells, width: Math.max(...cells.map(({ length }) => length)), align: 'right' };
}
