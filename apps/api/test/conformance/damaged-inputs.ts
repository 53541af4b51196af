import fc, { type Arbitrary } from 'fast-check';

/** An object whose fields are sent: a body, a query, or headers. */
export type Fields = Readonly<Record<string, unknown>>;

/** Values at the edges of what schemas, parsers and databases take. */
const edges: readonly unknown[] = [
  null,
  true,
  0,
  -0,
  -1,
  1.5,
  1.00001,
  1e11,
  2 ** 53,
  -1e300,
  '',
  ' ',
  '\0',
  '\ud800',
  '0x10',
  '1e400',
  'NaN',
  'true',
  'x'.repeat(201),
  'x'.repeat(10_001),
  [],
  {},
];

/** Returns any UTF-16 text, valid or not. */
const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  maxLength: 8,
});

/** Any value of JSON, most of them not valid for most schemas. */
export const hostileValues: Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...edges) },
  { weight: 1, arbitrary: anyText },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);

const otherNames = fc.constantFrom('__proto__', 'constructor', 'toString', 'x', 'ID', ' ', 'a.b');

/** Returns damaged copies of objects: with a hostile value, without a field, or with another one. */
export function damaged(objects: Arbitrary<Fields>): Arbitrary<Fields> {
  return fc
    .tuple(objects, fc.nat(100), fc.constantFrom('set', 'remove', 'add'), hostileValues, otherNames)
    .map(([object, index, kind, value, otherName]) => {
      const names = Object.keys(object);
      const name = names[index % names.length] ?? otherName;
      const entries = Object.entries(object).filter(([each]) => each !== name);
      if (kind === 'remove') {
        return Object.fromEntries(entries);
      }
      return kind === 'set'
        ? Object.fromEntries([...entries, [name, value]])
        : Object.fromEntries([...Object.entries(object), [otherName, value]]);
    });
}
