import type { Product } from '@product-api/client';
import { type Column, numberColumn, plainTable, widthLeft } from '../output/plain-table.js';
import { printable } from '../output/printable.js';
import { alignedPrices } from './price-text.js';

const ID_WIDTH = 36;
const NAME_WIDTH = 24;
const MIN_DESCRIPTION_WIDTH = 12;
/** A narrower name would say less than the stock, which is left out instead. */
const MIN_NAME_WIDTH = 12;
/** With the widest price, such a name still fits 60 columns. */
const SHORTEST_NAME_WIDTH = 4;

/**
 * Formats products as a table with one line per product, from 60 columns on without wrapping. Long
 * texts are cut off. If they would be too short, the table has no description, and then no stock.
 *
 * @param width columns of the terminal
 */
export function productTable(products: readonly Product[], width: number): string {
  const id: Column = { cells: ['ID', ...products.map((product) => product.id)], width: ID_WIDTH };
  const price = numberColumn('PRICE', alignedPrices(products.map((product) => product.price)));
  const stock = numberColumn(
    'STOCK',
    products.map((product) => String(product.stock_quantity)),
  );
  const named = (nameWidth: number): Column => ({
    cells: ['NAME', ...products.map(({ name }) => printable(name))],
    width: nameWidth,
  });

  const description: Column = {
    cells: ['DESCRIPTION', ...products.map((product) => printable(product.description))],
    width: widthLeft(width, [id, named(NAME_WIDTH), price, stock]),
  };
  if (description.width >= MIN_DESCRIPTION_WIDTH) {
    return plainTable([id, named(NAME_WIDTH), price, stock, description]);
  }
  const left = widthLeft(width, [id, price, stock]);
  if (left >= MIN_NAME_WIDTH) {
    return plainTable([id, named(left), price, stock]);
  }
  const rest = Math.max(SHORTEST_NAME_WIDTH, widthLeft(width, [id, price]));
  return plainTable([id, named(rest), price]);
}
