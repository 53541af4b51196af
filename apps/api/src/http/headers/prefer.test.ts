import { expect, test } from 'vitest';
import { prefersStrictHandling } from './prefer.js';

test.each([
  'handling=strict',
  'Handling = "strict"',
  'respond-async, handling=strict; note="a, b"',
  'note="handling=lenient, x", handling=strict',
  'handling=strict, handling=lenient',
])('%s asks for strict handling', (prefer) => {
  expect(prefersStrictHandling(prefer)).toBe(true);
});

test.each([
  undefined,
  '',
  ',',
  '"',
  'handling',
  'handling=lenient',
  'handling=lenient, handling=strict',
  'note="x, handling=strict"',
  'x-handling=strict',
  'wait=10; handling=strict',
])('%s does not', (prefer) => {
  expect(prefersStrictHandling(prefer)).toBe(false);
});
