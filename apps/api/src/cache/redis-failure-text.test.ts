import { parseRedisUrl, parseSentinels, type RedisAddress } from '@product-api/cache';
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

const bySentinels: RedisAddress = {
  kind: 'sentinels',
  name: 'catalog',
  tls: true,
  database: 0,
  sentinels: parseSentinels('10.0.0.1,10.0.0.2:1'),
  sentinelTls: false,
  sentinelCredentials: { username: 'default', password: 'secret' },
};

test.each([
  [
    { kind: 'sentinels-unreachable', message: '10.0.0.1:26379: connect ECONNREFUSED' },
    /^No sentinel could be asked for the primary of rediss:\/\/catalog \(sentinels 10\.0\.0\.1:26379, 10\.0\.0\.2:1\) \(10\.0\.0\.1:26379: connect ECONNREFUSED\): start the sentinels, or correct REDIS_SENTINELS/,
  ],
  [
    { kind: 'command-timeout', message: 'late', limitMs: 50, server: '10.0.0.7:6379' },
    /^Redis at rediss:\/\/10\.0\.0\.7:6379 \(primary "catalog"\) did not reply within 50 ms \(late\): wait: the sentinels promote a replica/,
  ],
  [
    { kind: 'replica', message: 'READONLY', server: '10.0.0.7:6379' },
    /is a replica and accepts no writes \(READONLY\): wait: the sentinels name the new primary/,
  ],
] as const)('with sentinels, a failure names the primary and their settings', (failure, text) => {
  expect(redisFailureSentence(failure, bySentinels)).toMatch(text);
});
