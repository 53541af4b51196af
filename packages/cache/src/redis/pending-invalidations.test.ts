import { beforeEach, describe, expect, it } from 'vitest';
import { PendingInvalidations } from './pending-invalidations.js';

describe('PendingInvalidations', () => {
  let pending: PendingInvalidations;

  beforeEach(() => {
    pending = new PendingInvalidations(2);
    pending.closeGap();
  });

  it('begins with a gap', () => {
    expect(new PendingInvalidations(2).hasGap).toBe(true);
    expect(new PendingInvalidations(2).isEmpty).toBe(false);
  });

  it('keeps the highest version of a key until that is confirmed', () => {
    pending.add('a', 2);
    pending.add('a', 3);
    pending.add('a', 1);
    expect(pending.first(10)).toEqual([['a', 3]]);
    pending.confirm('a', 2);
    expect(pending.isEmpty).toBe(false);
    pending.confirm('a', 3);
    expect(pending.isEmpty).toBe(true);
  });

  it('answers no more keys than asked for', () => {
    pending.add('a', 1);
    pending.add('b', 1);
    expect(pending.first(1)).toEqual([['a', 1]]);
  });

  it('has a gap once there are more keys than it may remember', () => {
    pending.add('a', 1);
    pending.add('b', 1);
    pending.add('b', 2);
    expect(pending.hasGap).toBe(false);
    pending.add('c', 1);
    expect(pending.hasGap).toBe(true);
    expect(pending.first(10)).toEqual([]);
  });

  it('remembers what comes after the gap was closed', () => {
    pending.markGap();
    pending.add('lost', 1);
    pending.closeGap();
    pending.add('kept', 1);
    expect(pending.first(10)).toEqual([['kept', 1]]);
  });
});
