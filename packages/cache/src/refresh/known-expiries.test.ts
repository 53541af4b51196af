import { expect, test } from 'vitest';
import { KnownExpiries } from './known-expiries.js';

test('keeps the 10,000 expiries that were noted last', () => {
  const expiries = new KnownExpiries();
  for (let key = 0; key < 10_000; key++) {
    expiries.noteExpiry(String(key), key);
  }
  expiries.noteFill('0', { expiresAt: 7, loadMs: 1 });
  expiries.noteExpiry('another', 8);
  const known = ['0', '1', '2', 'another'].map((key) => expiries.get(key)?.expiresAt);
  expect(known).toEqual([7, undefined, 2, 8]);
});
