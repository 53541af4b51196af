import { expect, test } from 'vitest';
import { hasMoreValuesThan } from './json-values.js';

const hasMoreThanThree = (json: string) => hasMoreValuesThan(3, Buffer.from(json));

test.each(['[1,2,3]', '[[[]]]', '{"a":1,"b":2,"c":3}', '["\\"",[1]]'])(
  '%s has more than three values',
  (json) => expect(hasMoreThanThree(json)).toBe(true),
);

test.each(['1', '[1,2]', '[[1]]', '{"a":1,"b":2}', '["[,,,{"]', '["\\",,,,",1]'])(
  '%s has at most three values',
  (json) => expect(hasMoreThanThree(json)).toBe(false),
);
