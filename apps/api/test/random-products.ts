import { type CreateProduct, createProductSchema } from '@product-api/contract';
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

/**
 * Random values of every field that clients set. A field of the contract without any does not
 * compile.
 */
const fields: { [Field in keyof CreateProduct]-?: fc.Arbitrary<CreateProduct[Field]> } = {
  name: names,
  description: fc.oneof(fc.constant(''), text),
  price: prices,
  stock_quantity: fc.oneof(fc.nat(), fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER)),
};

const requiredKeys = Object.entries(createProductSchema.shape)
  .filter(([, schema]) => !schema.isOptional())
  // The keys of the schema are the fields of its output.
  .map(([field]) => field as keyof CreateProduct);

/**
 * Products as clients may send them, with extreme and equal values, and without some optional
 * fields.
 */
export const products = fc.record(fields, { requiredKeys });

/** Changes of at least one field of a product. */
export const changes = fc
  .record(fields, { requiredKeys: [] })
  .filter((change) => Object.keys(change).length > 0);
