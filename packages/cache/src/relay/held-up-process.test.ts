import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { noteCodec } from '../../test/notes.js';
import { sharedRedis } from '../../test/redis-fixture.js';
import { openRelayedStore, relayedStoreKinds } from '../../test/relayed-stores.js';
import { openSqliteNotes } from '../../test/sqlite-notes.js';
import { createCache, LAG_TOLERANCE_MS } from '../index.js';

const redis = sharedRedis();
const POLL_MS = 20;
/** Milliseconds for which the store is read after a poll, by default. */
const MAX_LAG_MS = POLL_MS + LAG_TOLERANCE_MS;

/** Blocks the event loop, which has the same effect as SIGSTOP. */
function holdUp(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe.each(relayedStoreKinds)('a process whose cache is %s', (kind) => {
  async function openProcess() {
    const notes = openSqliteNotes();
    const { changeLog } = notes;
    const store = await openRelayedStore(kind, redis, {
      // A driver that works in a thread returns some turns later.
      changeLog: { ...changeLog, head: () => nextTurn().then(changeLog.head) },
      longestLifeMs: 60_000,
      pollMs: POLL_MS,
    });
    const cache = createCache({ store, codec: noteCodec });
    const read = async (id: string) => (await cache.getOrLoad(id, notes.load)).value?.text;
    const write = (id: string, text: string) => cache.invalidate(id, notes.write(id, text));
    return { notes, cache, read, write };
  }

  test('serves no value from before it was held up until it has polled the log', async () => {
    const { notes, read } = await openProcess();
    notes.write('n', 'old');
    await read('n');
    // Written by a process that died before its invalidation, or that uses another Redis.
    notes.write('n', 'new');
    holdUp(MAX_LAG_MS + 10);
    expect(await read('n')).toBe('new');
  });

  test('serves none of many old values that are read at once', async () => {
    const { notes, cache, read } = await openProcess();
    const ids = ['a', 'b', 'c'];
    for (const id of ids) {
      notes.write(id, 'old');
      await read(id);
      notes.write(id, 'new');
    }
    holdUp(MAX_LAG_MS + 10);
    const found = await cache.getMany(ids, notes.load);
    expect([...found.values()].map(({ value }) => value?.text)).toEqual(['new', 'new', 'new']);
  });

  test('keeps serving hits if it was held up for less than the allowed lag', async () => {
    const { notes, cache, read, write } = await openProcess();
    await write('n', 'one');
    await read('n');
    holdUp(MAX_LAG_MS / 4);
    expect(await cache.getOrLoad('n', notes.load)).toMatchObject({ source: 'hit' });
  });

  test('serves hits again after the next poll', async () => {
    const { notes, cache, read, write } = await openProcess();
    await write('n', 'one');
    holdUp(MAX_LAG_MS + 10);
    await read('n');
    await expect.poll(() => cache.getOrLoad('n', notes.load)).toMatchObject({ source: 'hit' });
  });
});
