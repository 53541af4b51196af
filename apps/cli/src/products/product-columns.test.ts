import type { Product } from '@product-api/client';
import { expect, test } from 'vitest';
import { fittedTable } from '../output/fitted-table.js';
import { productColumns } from './product-columns.js';

const productTable = (products: readonly Product[], width: number) =>
  fittedTable(products, productColumns, { width });

const mouse: Product = {
  id: '3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b',
  name: 'Wireless Mouse',
  description: 'Ergonomic wireless mouse with a long description',
  price: 29.99,
  stock_quantity: 100,
};

test('aligns numbers, and cuts off descriptions that do not fit', () => {
  const cable = {
    ...mouse,
    name: 'Cable',
    description: 'USB',
    price: 1249.0005,
    stock_quantity: 5,
  };
  expect(productTable([mouse, cable], 100)).toBe(
    [
      'ID                                    NAME                PRICE  STOCK  DESCRIPTION',
      '3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b  Wireless Mouse    29.99      100  Ergonomic wireless mouse wi…',
      '3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b  Cable           1249.0005      5  USB',
      '',
    ].join('\n'),
  );
});

const costly = { ...mouse, name: 'An office chair with arms', price: 99_999_999_999.9999 };

test.each([
  [80, [mouse], 'ID +NAME +PRICE +STOCK'],
  [80, [costly], 'ID +NAME +PRICE +STOCK'],
  [60, [mouse], 'ID +NAME +PRICE'],
  [60, [costly], 'ID +NAME +PRICE'],
])('fits %i columns by leaving out what does not', (width, products, heading) => {
  const lines = productTable(products, width).trimEnd().split('\n');
  expect(lines[0]).toMatch(new RegExp(`^${heading}$`));
  expect(lines[1]).toContain(mouse.id);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(width);
});

test('prints only the heading for no products', () => {
  expect(productTable([], 100)).toMatch(/^ID +NAME +PRICE +STOCK +DESCRIPTION\n$/);
});

test('replaces line breaks and terminal control characters', () => {
  const name = 'Red\u001b[31m\nname\u202e';
  const [, row] = productTable([{ ...mouse, name }], 100).split('\n');
  expect(row).toContain('Red�[31m name�');
});

test('never cuts an emoji in half', () => {
  const name = 'Lamp'.padEnd(22, '-') + '💡'.repeat(5);
  for (let shift = 0; shift < 4; shift += 1) {
    const table = productTable([{ ...mouse, name: name.slice(shift) }], 100);
    expect(table.isWellFormed()).toBe(true);
  }
});

test('chosen columns are never left out, and have no more space than they need', () => {
  const [, name, price] = productColumns;
  const chosen = [name, price].flatMap((column) => column ?? []);
  const wide = fittedTable([mouse], chosen, { width: 100, keepsAll: true });
  expect(wide).toBe(['NAME            PRICE', 'Wireless Mouse  29.99', ''].join('\n'));
  const all = fittedTable([mouse], productColumns, { width: 60, keepsAll: true });
  expect(all).toMatch(/^ID +NAME +PRICE +STOCK +DES…\n/);
});
