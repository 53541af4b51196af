import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it as test } from 'vitest';
import { noteCodec } from '../../test/notes.js';
import { sharedRedis } from '../../test/redis-fixture.js';
import { openRelayedStore, relayedStoreKinds } from '../../test/relayed-stores.js';
import { openSqliteNotes } from '../../test/sqlite-notes.js';
import { createCache } from '../index.js';

const redis = sharedRedis();
const pollMs = 20;
/** For so long after a look the store is read where nothing else is said. */
const trustedMs = pollMs + 350;

/** Lets no timer and no answer in, as SIGSTOP does. */
function holdUp(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe.each(relayedStoreKinds)('a process whose cache is %s', (kind) => {
  async function openProcess() {
    const notes = openSqliteNotes();
    const { changeLog } = notes;
    const store = await openRelayedStore(kind, redis, {
      // A driver that works in a thread answers some turns later.
      changeLog: { ...changeLog, head: () => nextTurn().then(changeLog.head) },
      longestLifeMs: 60_000,
      pollMs,
    });
    const cache = createCache({ store, codec: noteCodec });
    const read = async (id: string) => (await cache.getOrLoad(id, notes.load)).value?.text;
    const write = (id: string, text: string) => cache.invalidate(id, notes.write(id, text));
    return { notes, cache, read, write };
  }

  test('serves nothing from before it was held up until it has looked at the log', async () => {
    const { notes, read } = await openProcess();
    notes.write('n', 'old');
    await read('n');
    // By another process, which died before it could tell of it or knows another Redis.
    notes.write('n', 'new');
    holdUp(trustedMs + 10);
    expect(await read('n')).toBe('new');
  });

  test('serves nothing from before of many that are asked for at once', async () => {
    const { notes, cache, read } = await openProcess();
    const ids = ['a', 'b', 'c'];
    for (const id of ids) {
      notes.write(id, 'old');
      await read(id);
      notes.write(id, 'new');
    }
    holdUp(trustedMs + 10);
    const found = await cache.getMany(ids, notes.load);
    expect([...found.values()].map(({ value }) => value?.text)).toEqual(['new', 'new', 'new']);
  });

  test('goes on serving from it where it was held up for less', async () => {
    const { notes, cache, read, write } = await openProcess();
    await write('n', 'one');
    await read('n');
    holdUp(trustedMs / 4);
    expect(await cache.getOrLoad('n', notes.load)).toMatchObject({ source: 'hit' });
  });

  test('serves from it again after the look', async () => {
    const { notes, cache, read, write } = await openProcess();
    await write('n', 'one');
    holdUp(trustedMs + 10);
    await read('n');
    await expect.poll(() => cache.getOrLoad('n', notes.load)).toMatchObject({ source: 'hit' });
  });
});
