import { expect, test } from 'vitest';
import { ImmediateReads } from './immediate-reads.js';

/** Begins reads, and returns how many of them are immediate. */
function begin(reads: ImmediateReads, count: number): number {
  return Array.from({ length: count }, () => reads.tryBegin()).filter(Boolean).length;
}

test('reads are immediate while few are in flight', () => {
  const reads = new ImmediateReads({ isRemote: true });
  expect(begin(reads, 5)).toBe(4);
  reads.ended(1);
  expect(begin(reads, 5)).toBe(1);
});

test('after a large batch, reads wait for the next one until a batch is small', () => {
  const reads = new ImmediateReads({ isRemote: true });
  reads.beginBatch(5);
  reads.ended(5);
  expect(begin(reads, 1)).toBe(0);
  reads.beginBatch(4);
  reads.ended(4);
  expect(begin(reads, 1)).toBe(1);
});

test('the reads of a batch are in flight until it ends', () => {
  const reads = new ImmediateReads({ isRemote: true });
  reads.beginBatch(4);
  expect(begin(reads, 1)).toBe(0);
  reads.ended(4);
  expect(begin(reads, 1)).toBe(1);
});

test('reads of a local store are never immediate', () => {
  const reads = new ImmediateReads({ isRemote: false });
  expect(begin(reads, 1)).toBe(0);
  reads.beginBatch(1);
  reads.ended(1);
  expect(begin(reads, 1)).toBe(0);
});
