import type { CreateProduct } from '@product-api/contract';
import fc from 'fast-check';

const text = fc.string({ unit: 'binary', maxLength: 30 }).filter((value) => !value.includes('\0'));

/** Names of any characters, as the contract returns them: without spaces around them. */
export const names = fc.oneof(
  text.map((name) => name.trim()).filter((name) => name !== ''),
  fc.constantFrom(
    '🐭',
    '"',
    '\\',
    "O'Neil",
    '\u0001',
    'a\u2028b',
    'e\u0301',
    '\uFFFD',
    'null',
    '%_',
  ),
);

/** Prices, sometimes the lowest or the highest possible one. */
export const prices = fc.oneof(
  fc.integer({ min: 1, max: 999_999_999_999_999 }).map((units) => units / 10_000),
  fc.constantFrom(0.0001, 1.005, 29.99, 99_999_999_999.9999),
);

/** Random values of every field that clients set. A field of the contract without any does not compile. */
const fields: { [Field in keyof CreateProduct]-?: fc.Arbitrary<CreateProduct[Field]> } = {
  name: names,
  description: fc.oneof(fc.constant(''), text),
  price: prices,
  stock_quantity: fc.oneof(fc.nat(), fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER)),
};

/** Products as clients may send them, with extreme and equal values. */
export const products: fc.Arbitrary<CreateProduct> = fc.record(fields);

/** Changes of at least one field of a product. */
export const changes = fc
  .tuple(products, fc.subarray(Object.keys(fields), { minLength: 1 }))
  .map(([product, changed]) =>
    Object.fromEntries(Object.entries(product).filter(([field]) => changed.includes(field))),
  );
