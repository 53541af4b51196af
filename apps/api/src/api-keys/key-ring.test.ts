import { expect, test } from 'vitest';
import { hashOf, newToken } from './api-key-token.js';
import { KeyRing } from './key-ring.js';
import type { StoredApiKey } from './stored-api-key.js';

const CONFIGURED = 'key-of-the-operator-for-these-tests';
const now = new Date('2026-11-29T12:00:00Z');

function makeKey(changes: Partial<StoredApiKey> = {}) {
  const { id, token } = newToken();
  const stored: StoredApiKey = {
    ...{ id, hash: hashOf(token), name: 'test', scopes: ['products:read'] },
    ...{ createdAt: now, expiresAt: null },
    ...changes,
  };
  return { token, stored };
}

function ringWith(keys: readonly StoredApiKey[], configured?: string): KeyRing {
  const ring = new KeyRing(configured, () => now);
  ring.replace(keys);
  return ring;
}

test('a key is found, the first time and later, until it is removed', () => {
  const { token, stored } = makeKey();
  const ring = ringWith([makeKey().stored, stored]);
  for (let time = 0; time < 2; time++) {
    expect(ring.identify(`Bearer ${token}`, true)).toMatchObject({ id: stored.id });
  }
  ring.replace([]);
  expect(ring.identify(`Bearer ${token}`, true)).toBe('unknown');
});

test('another token with the id of a key is not that key', () => {
  const { stored } = makeKey();
  const other = makeKey();
  expect(
    ringWith([{ ...stored, id: other.stored.id }]).identify(`Bearer ${other.token}`, true),
  ).toBe('unknown');
});

test('a key expires while it is known', () => {
  const soon = new Date(now.getTime() + 1);
  const { token, stored } = makeKey({ expiresAt: soon });
  let time = now;
  const ring = new KeyRing(undefined, () => time);
  ring.replace([stored]);
  expect(ring.identify(`Bearer ${token}`, true)).toMatchObject({ id: stored.id });
  time = soon;
  expect(ring.identify(`Bearer ${token}`, true)).toBe('expired');
});

test.each([undefined, CONFIGURED])(
  'while the keys are not current, none of them is (%s)',
  (configured) => {
    const { token, stored } = makeKey();
    const ring = ringWith([stored], configured);
    expect(ring.identify(`Bearer ${token}`, true)).toMatchObject({ id: stored.id });
    expect(ring.identify(`Bearer ${token}`, false)).toBe('outdated');
    expect(ring.identify(`Bearer ${makeKey().token}`, false)).toBe('outdated');
    expect(ring.identify('Bearer pk_nothing', false)).toBe('malformed');
  },
);

test('the configured key is always found, and no other text is', () => {
  for (const isCurrent of [true, false]) {
    const ring = ringWith([], CONFIGURED);
    expect(ring.identify(`Bearer ${CONFIGURED}`, isCurrent)).toMatchObject({ id: 'admin' });
    expect(ring.identify(`Bearer ${CONFIGURED}x`, isCurrent)).toBe('malformed');
    expect(ringWith([]).identify(`Bearer ${CONFIGURED}`, isCurrent)).toBe('malformed');
  }
});
