import { parseRedisUrl } from '@product-api/cache';
import { expect, test } from 'vitest';
import { redisFailureSentence } from './redis-failure-text.js';

const address = parseRedisUrl('redis://shop:secret@cache:6380/3');

test.each([
  [
    { kind: 'not-permitted', message: 'NOPERM no', command: 'SET', keys: ['product:1'] },
    'The user "shop" may not run SET on product:1 (NOPERM no): allow the command and the keys with ACL SETUSER; docs/operations.md has the rule',
  ],
  [
    { kind: 'command-timeout', message: 'Command timed out', limitMs: 50 },
    'Redis at redis://cache:6380/3 did not reply within 50 ms (Command timed out): find out what keeps Redis or the network busy (SLOWLOG GET, INFO stats), or raise REDIS_TIMEOUT_MS',
  ],
  [
    { kind: 'no-such-database', message: '' },
    'Redis has no database 3: write a smaller number at the end of REDIS_URL, or raise `databases` in Redis',
  ],
] as const)('a failure is explained with its reason and its remedy', (failure, text) => {
  expect(redisFailureSentence(failure, address)).toBe(text);
});
