import { expect, test } from 'vitest';
import { durationSeconds, expiry } from './times.js';

test.each([
  ['45s', 45],
  ['30m', 1800],
  ['1h', 3600],
  ['90d', 7_776_000],
  ['0s', 0],
])('%s is %i seconds', (text, seconds) => {
  expect(durationSeconds('Overlap')(text)).toBe(seconds);
});

test.each(['', '1', 'h', '1.5h', '-1h', '1w', '1h30m'])('%j is not a length of time', (text) => {
  expect(() => durationSeconds('Overlap')(text)).toThrow(
    'Overlap must be a number of d, h, m or s',
  );
});

test.each([
  ['90d', '2027-02-26T12:00:00.000Z'],
  ['2027-01-31', '2027-01-31T00:00:00.000Z'],
  ['2027-01-31T10:00+02:00', '2027-01-31T08:00:00.000Z'],
  ['2027-01-31T10:00:00Z', '2027-01-31T10:00:00.000Z'],
])('%s expires at %s', (text, time) => {
  expect(expiry(text, undefined, new Date('2026-11-28T12:00:00Z'))).toBe(time);
});

test.each(['soon', '2027-13-01', '31.01.2027', '2027-01-31T10:00', '9999999999d'])(
  '%s is not an expiry',
  (text) => {
    expect(() => expiry(text)).toThrow('Expiry must be a length of time such as 90d, or a date');
  },
);
