import type { Product } from '@product-api/client';
import { type Column, eachCell } from '../output/column.js';
import { printable } from '../output/printable.js';
import { alignedPrices } from './price-text.js';

/** The columns of a list of products. */
export const productColumns: readonly Column<Product>[] = [
  { field: 'id', heading: 'ID', cells: eachCell(({ id }) => id) },
  {
    field: 'name',
    heading: 'NAME',
    cells: eachCell(({ name }) => printable(name)),
    text: { least: 12, wanted: 24 },
  },
  {
    field: 'price',
    heading: 'PRICE',
    cells: (products) => alignedPrices(products.map(({ price }) => price)),
    align: 'right',
  },
  {
    field: 'stock_quantity',
    heading: 'STOCK',
    cells: eachCell(({ stock_quantity }) => String(stock_quantity)),
    align: 'right',
    leaveOut: 1,
  },
  {
    field: 'description',
    heading: 'DESCRIPTION',
    cells: eachCell(({ description }) => printable(description)),
    text: { least: 18, wanted: 18 },
    leaveOut: 2,
  },
];
