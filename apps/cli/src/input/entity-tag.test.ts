import { expect, test } from 'vitest';
import { quotedEntityTag } from './entity-tag.js';

test.each([
  ['abc', '"abc"'],
  ['"abc"', '"abc"'],
  ['W/"abc"', 'W/"abc"'],
  ['*', '*'],
  ['"a", "b"', '"a", "b"'],
])('the entity tag %s is sent as %s', (text, tag) => {
  expect(quotedEntityTag(text)).toBe(tag);
});
