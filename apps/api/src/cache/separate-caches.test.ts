import { expect, test } from 'vitest';
import { memoryCondition } from './cache-condition.js';
import { separateCachesReason } from './separate-caches.js';

const REASON =
  'Each host has a cache of its own, so a read can be older than a write on another host, for up to 250 ms and a round trip: if several hosts use this database, set REDIS_URL';

test.each([
  ['file:./data/catalog.db', undefined],
  ['postgres://user:secret@db/catalog', REASON],
  ['postgresql://user:secret@db/catalog', REASON],
])('with the database %s, the promise of the cache is explained', (DATABASE_URL, reason) => {
  expect(separateCachesReason({ DATABASE_URL, CACHE_POLL_MS: 250 })).toBe(reason);
});

test('the cache in the process is ok with that explanation, unless it is bypassed', () => {
  expect(memoryCondition('ready', REASON)).toEqual({ state: 'ok', reason: REASON });
  expect(memoryCondition('ready', undefined)).toEqual({ state: 'ok' });
  expect(memoryCondition('bypassed', REASON)).toEqual({
    state: 'bypassed',
    reason: 'The change log of the database has not been read yet: see the log',
  });
});
