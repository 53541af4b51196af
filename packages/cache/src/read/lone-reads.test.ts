import { expect, test } from 'vitest';
import { LoneReads } from './lone-reads.js';

test('the first read is sent immediately, and so is a read after a lone one', () => {
  const reads = new LoneReads({ isRemote: true });
  for (let count = 0; count < 3; count++) {
    expect(reads.tryBegin()).toBe(true);
    reads.ended();
  }
});

test('a read is batched while another one is in flight', () => {
  const reads = new LoneReads({ isRemote: true });
  expect([reads.tryBegin(), reads.tryBegin()]).toEqual([true, false]);
});

test('a read after a batch of several reads is batched', () => {
  const reads = new LoneReads({ isRemote: true });
  reads.beginBatch(2);
  reads.ended();
  expect(reads.tryBegin()).toBe(false);
});

test('a read after a batch of one read is sent immediately', () => {
  const reads = new LoneReads({ isRemote: true });
  reads.beginBatch(2);
  reads.ended();
  reads.beginBatch(1);
  reads.ended();
  expect(reads.tryBegin()).toBe(true);
});

test('a read is batched after a batch of one that was sent while another read was in flight', () => {
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
