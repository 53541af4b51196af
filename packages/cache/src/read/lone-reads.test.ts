import { expect, test } from 'vitest';
import { LoneReads } from './lone-reads.js';

test('the first read is sent at once, and so is each after a lone one', () => {
  const reads = new LoneReads({ isRemote: true });
  for (let count = 0; count < 3; count++) {
    expect(reads.tryBegin()).toBe(true);
    reads.ended();
  }
});

test('a read waits for its batch while another one is in flight', () => {
  const reads = new LoneReads({ isRemote: true });
  expect([reads.tryBegin(), reads.tryBegin()]).toEqual([true, false]);
});

test('a read after a batch of several waits for its own', () => {
  const reads = new LoneReads({ isRemote: true });
  reads.beginBatch(2);
  reads.ended();
  expect(reads.tryBegin()).toBe(false);
});

test('a read after a batch of one is sent at once', () => {
  const reads = new LoneReads({ isRemote: true });
  reads.beginBatch(2);
  reads.ended();
  reads.beginBatch(1);
  reads.ended();
  expect(reads.tryBegin()).toBe(true);
});

test('a batch of one that is sent while another is in flight proves nothing', () => {
  const reads = new LoneReads({ isRemote: true });
  expect(reads.tryBegin()).toBe(true);
  reads.beginBatch(1);
  reads.ended();
  reads.ended();
  expect(reads.tryBegin()).toBe(false);
});

test('reads of a local store are always batched', () => {
  const reads = new LoneReads({ isRemote: false });
  expect(reads.tryBegin()).toBe(false);
  reads.beginBatch(1);
  reads.ended();
  expect(reads.tryBegin()).toBe(false);
});
