import { expect, test } from 'vitest';
import { parseOptions } from './options.js';

test('--keep is allowed for one measurement at full scale', () => {
  expect(parseOptions(['--only', 'cached-read', '--keep'])).toMatchObject({
    only: 'cached-read',
    keep: true,
  });
});

test.each([
  [['--keep']],
  [['--only', 'cached-read', '--keep', '--quick']],
  [['--only', 'memory-growth', '--keep', '--long']],
])('--keep is refused for results that do not compare to the others: %j', (args) => {
  expect(() => parseOptions(args)).toThrow('Use --keep with');
});
