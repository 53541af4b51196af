import { eventually } from '@product-api/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Note, noteCodec } from '../../test/notes.js';
import { openSqliteNotes, type SqliteNotes } from '../../test/sqlite-notes.js';
import { describeStore } from '../../test/store-suite.js';
import { createCache } from '../cache.js';
import type { RelayOptions } from '../relay/relay-options.js';
import type { StoreEvent } from '../store/store-event.js';
import { createRelayedMemoryStore } from './relayed-memory-store.js';

function createStore(notes: SqliteNotes, relay: Partial<RelayOptions> = {}) {
  const events: StoreEvent[] = [];
  const store = createRelayedMemoryStore({
    relay: { changeLog: notes.changeLog, longestLifeMs: 60_000, pollMs: 20, ...relay },
    onEvent: (event) => events.push(event),
  });
  onTestFinished(() => store.close());
  const cache = createCache<Note>({ store, codec: noteCodec });
  const read = async (id: string) => (await cache.getOrLoad(id, notes.load)).value?.text;
  return { store, events, cache, read };
}

async function openStore(notes = openSqliteNotes(), relay?: Partial<RelayOptions>) {
  const created = createStore(notes, relay);
  expect(await created.store.waitUntilReady(20_000)).toBe(true);
  return created;
}

describeStore('a relayed memory store', async () => (await openStore()).store);

describe('a relayed memory store', () => {
  test('sees the writes of other processes within the poll interval', async () => {
    const notes = openSqliteNotes();
    notes.write('n', 'old');
    const { read } = await openStore(notes);
    await read('n');
    notes.sql("UPDATE notes SET text = 'new'");
    await eventually(async () => expect(await read('n')).toBe('new'));
  });

  test('keeps a value that was loaded after its own write', async () => {
    const notes = openSqliteNotes();
    const { cache, events, read, store } = await openStore(notes);
    await cache.invalidate('n', notes.write('n', 'one'));
    await read('n');
    await eventually(() => events.some(({ type }) => type === 'relayed'));
    expect(store.relayStatus().behind).toBe(0);
    expect(await cache.peek('n')).toBeDefined();
  });

  test('starts at the head of the log', async () => {
    const notes = openSqliteNotes();
    notes.write('n', 'one');
    const { events } = await openStore(notes);
    notes.write('m', 'two');
    await eventually(() => expect(events).toContainEqual({ type: 'relayed', applied: 1 }));
  });

  test('is bypassed until the log was read once, and stays in use when the log fails later', async () => {
    const notes = openSqliteNotes();
    notes.failing = true;
    const { store, events } = createStore(notes);
    expect(await store.waitUntilReady(1000)).toBe(false);
    expect(store.state()).toBe('bypassed');
    notes.failing = false;
    await eventually(() => store.state() === 'ready');
    notes.failing = true;
    await eventually(() => events.filter(({ type }) => type === 'change-log-error').length === 2);
    expect(store.state()).toBe('ready');
  });

  test('is cleared if the database was restored from a backup', async () => {
    const notes = openSqliteNotes();
    notes.write('n', 'one');
    notes.write('n', 'two');
    const { read } = await openStore(notes);
    await read('n');
    notes.sql(`
      UPDATE notes SET text = 'one';
      DELETE FROM changes WHERE seq > 1;
      UPDATE sqlite_sequence SET seq = 1;`);
    await eventually(async () => expect(await read('n')).toBe('one'));
  });

  test('is cleared if it cannot keep up with the log', async () => {
    const notes = openSqliteNotes();
    notes.write('n', 'old');
    const { events, read } = await openStore(notes, { batchSize: 1, maxLagMs: 10 });
    await read('n');
    notes.sql(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
      INSERT INTO notes (id, text) SELECT 'm' || i, '' FROM n`);
    notes.sql("UPDATE notes SET text = 'new' WHERE id = 'n'");
    await eventually(() =>
      expect(events).toContainEqual(expect.objectContaining({ reason: 'behind-log' })),
    );
    expect(await read('n')).toBe('new');
  });
});
