import { expect, it } from 'vitest';
import { parseOptions } from './options.js';

it('keeps a measurement that was made as all are', () => {
  expect(parseOptions(['--only', 'cached-read', '--keep'])).toMatchObject({
    only: 'cached-read',
    keep: true,
  });
});

it.each([
  [['--keep']],
  [['--only', 'cached-read', '--keep', '--quick']],
  [['--only', 'memory-growth', '--keep', '--long']],
])('refuses to keep what cannot be compared with the rest: %j', (args) => {
  expect(() => parseOptions(args)).toThrow('--keep goes with');
});
