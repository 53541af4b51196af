import type { Change } from '@product-api/client';
import { type Column, eachCell } from '../output/column.js';
import { printable } from '../output/printable.js';

/** All columns of a list of changes. */
export const changeColumns: readonly Column<Change>[] = [
  { field: 'changed_at', heading: 'TIME', cells: eachCell(({ changed_at }) => changed_at) },
  { field: 'kind', heading: 'KIND', cells: eachCell(({ kind }) => kind) },
  { field: 'product_id', heading: 'PRODUCT', cells: eachCell(({ product_id }) => product_id) },
  {
    field: 'version',
    heading: 'VERSION',
    cells: eachCell(({ version }) => String(version)),
    align: 'right',
  },
  {
    field: 'product',
    heading: 'NAME',
    cells: eachCell(({ product }) => printable(product?.name ?? '')),
    text: { least: 12, wanted: 24 },
    leaveOut: 1,
  },
  {
    field: 'cursor',
    heading: 'CURSOR',
    cells: eachCell(({ cursor }) => cursor),
    leaveOut: 2,
  },
];

/** Returns the columns without those of products that were not asked for. */
export function columnsOf(withProducts: boolean): readonly Column<Change>[] {
  return changeColumns.filter(({ field }) => withProducts || field !== 'product');
}

/** Formats a change as a line for people. */
export function changeLine({ changed_at, kind, product_id, version, product }: Change): string {
  const name = product === undefined ? '' : `  ${printable(product.name)}`;
  return `${changed_at}  ${kind.padEnd('update'.length)}  ${product_id}  version ${version}${name}\n`;
}
