import { expect, it as test } from 'vitest';
import { parseOptions } from './options.js';

test('keeps a measurement that was made as all are', () => {
  expect(parseOptions(['--only', 'cached-read', '--keep'])).toMatchObject({
    only: 'cached-read',
    keep: true,
  });
});

test.each([
  [['--keep']],
  [['--only', 'cached-read', '--keep', '--quick']],
  [['--only', 'memory-growth', '--keep', '--long']],
])('refuses to keep what cannot be compared with the rest: %j', (args) => {
  expect(() => parseOptions(args)).toThrow('--keep goes with');
});
