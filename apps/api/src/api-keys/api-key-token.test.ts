import { expect, test } from 'vitest';
import { areSameHash, hashOf, idIn, isToken, newToken } from './api-key-token.js';

test('a new key has its id, 256 bits and a checksum', () => {
  const { id, token } = newToken();
  expect(id).toMatch(/^[0-9A-Za-z]{12}$/);
  expect(token).toMatch(new RegExp(`^pk_${id}_[\\w-]{43}[0-9a-f]{8}$`));
  expect(idIn(token)).toBe(id);
  expect(isToken(token)).toBe(true);
});

test('no two keys are alike', () => {
  const tokens = Array.from({ length: 1000 }, newToken);
  expect(new Set(tokens.map(({ id }) => id)).size).toBe(1000);
  expect(new Set(tokens.map(({ token }) => token.slice(16, 59))).size).toBe(1000);
});

test('a key with any other character is not a key', () => {
  const { token } = newToken();
  for (let at = 0; at < token.length; at++) {
    const other = token[at] === 'a' ? 'b' : 'a';
    expect(isToken(token.slice(0, at) + other + token.slice(at + 1))).toBe(false);
  }
});

test.each([
  '',
  'pk_',
  'x',
  newToken().token.slice(1),
  `${newToken().token} `,
  newToken().token.slice(0, -1),
])('%j is not a key', (text) => expect(isToken(text)).toBe(false));

test('equal keys have the same hash, others do not', () => {
  const { token } = newToken();
  expect(hashOf(token)).toMatch(/^[\w-]{43}$/);
  expect(areSameHash(hashOf(token), hashOf(`${token}`))).toBe(true);
  expect(areSameHash(hashOf(token), hashOf(newToken().token))).toBe(false);
});
