import { expect, test } from 'vitest';
import type { Operation, Value } from '../history/operation.js';
import { foreignReads } from './foreign-reads.js';

const created: Operation = {
  kind: 'write',
  process: 'one',
  id: 'x',
  value: 1,
  begin: 0,
  end: 10,
  outcome: { kind: 'acknowledged' },
};

function read(process: string, value: Value, begin = 20): Operation {
  const outcome = { kind: 'found', value, cache: 'HIT' } as const;
  return { kind: 'read', process, id: 'x', begin, end: begin + 1, outcome };
}

test('a read of its own catalog is not foreign', () => {
  expect(foreignReads([created, read('one', 1), read('other', 'absent')])).toEqual([]);
});

test('a read of a product of the other catalog is found', () => {
  expect(foreignReads([created, read('other', 1)])).toMatchObject([
    { process: 'other', found: 'product of the other catalog' },
  ]);
});

test('a read that does not find a product of its own catalog is found', () => {
  expect(foreignReads([created, read('one', 'absent')])).toMatchObject([
    { process: 'one', found: 'absence of its own product' },
  ]);
});

test('a read that began before the creation was acknowledged may miss the product', () => {
  expect(foreignReads([created, read('one', 'absent', 5)])).toEqual([]);
});
