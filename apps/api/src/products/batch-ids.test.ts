import { batchGetSchema } from '@product-api/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { certainIds, differentIds } from './batch-ids.js';

const bodies = fc.oneof(
  { arbitrary: fc.record({ ids: fc.array(fc.string(), { maxLength: 250 }) }), weight: 3 },
  fc.record({ ids: fc.array(fc.oneof(fc.string(), fc.jsonValue())) }),
  fc.record({ ids: fc.jsonValue() }, { requiredKeys: [] }),
  fc.dictionary(fc.oneof(fc.constant('ids'), fc.string()), fc.jsonValue()),
  fc.jsonValue(),
  fc.constant(undefined),
);

test('certain ids are those that the schema of the contract returns', () => {
  let certain = 0;
  fc.assert(
    fc.property(bodies, (body) => {
      const ids = certainIds(body);
      if (ids !== undefined) {
        certain += 1;
        expect(batchGetSchema.parse(body).ids).toEqual(ids);
      }
    }),
    { numRuns: 1000 },
  );
  expect(certain).toBeGreaterThan(100);
});

test.each([1, 200])('%d ids are certain', (count) => {
  const ids = Array.from({ length: count }, (_, index) => `id ${index}`);
  expect(certainIds({ ids, other: 1 })).toBe(ids);
});

test('each id is asked for once, and other texts are not read', () => {
  const id = '3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b';
  const other = id.replace('3', '4');
  const texts = [id.toUpperCase(), 'no id', other, id, 'no id'];
  const { asked, ids, lengths } = differentIds(texts, (text) => (text === other ? 7 : undefined));
  expect([...asked]).toEqual([
    [id, id.toUpperCase()],
    ['no id', 'no id'],
    [other, other],
  ]);
  expect(ids).toEqual([id, other]);
  expect(lengths).toEqual([undefined, 7]);
});
