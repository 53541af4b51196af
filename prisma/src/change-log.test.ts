import { expect, onTestFinished, test } from 'vitest';
import { logEntries } from '../test/log-entries.js';
import { newProduct } from '../test/new-product.js';
import { describeDialects } from '../test/temporary-database.js';
import type { PruneOptions } from './change-log.js';
import type { Dialect } from './database.js';
import { migrate } from './migrate.js';
import { openDatabase } from './open-database.js';

const MAX = Number.MAX_SAFE_INTEGER;
const unbounded: PruneOptions = { before: MAX, olderThanMs: MAX, keepAtMost: MAX };

const unreadableEntries: Record<Dialect, string> = {
  sqlite: `INSERT INTO product_changes (product_id, version, kind, changed_at)
    VALUES (x'00ff', 'none', 'update', 'never'), ('x', 9223372036854775807, 'update', 1e300)`,
  postgresql: `INSERT INTO product_changes (product_id, version, kind, changed_at)
    VALUES (gen_random_uuid(), 0, 'update', 'infinity'),
      (gen_random_uuid(), 9223372036854775807, 'update', '20000-01-01Z')`,
};

const moveHead: Record<Dialect, string> = {
  sqlite: 'UPDATE sqlite_sequence SET seq = 9007199254740000',
  postgresql: "UPDATE metadata SET value = '9007199254740000' WHERE key = 'last_change'",
};

/** Ninety seconds before the time of an entry. */
const earlier: Record<Dialect, string> = {
  sqlite: 'changed_at - 90000',
  postgresql: "changed_at - interval '90 s'",
};

describeDialects(({ open, emptyUrl }) => {
  async function databaseWithChanges(count: number) {
    const database = await open();
    const data = Array.from({ length: count }, () => newProduct());
    await database.client.product.createMany({ data });
    // On PostgreSQL, the entries get their numbers only now.
    await database.changeLog.head();
    return { ...database, ids: data.map(({ id }) => id) };
  }

  /** Opens the log of a new database: the others may be copies of one. */
  async function openNew() {
    const url = await emptyUrl();
    await migrate({ url });
    const { changeLog, close } = await openDatabase({ url });
    onTestFinished(close);
    return changeLog;
  }

  test('a database has an id of its own', async () => {
    const [one, two] = [await openNew(), await openNew()];
    const { databaseId } = await one.head();
    expect(databaseId).toMatch(/^[0-9a-f]{32}$/);
    expect((await one.head()).databaseId).toBe(databaseId);
    expect((await two.head()).databaseId).not.toBe(databaseId);
  });

  test('an empty log has a head of 0 and is complete', async () => {
    const { changeLog } = await open();
    expect(await changeLog.head()).toMatchObject({ seq: 0, changedAt: undefined });
    expect(await changeLog.start()).toEqual({ seq: 1, reachMs: Infinity });
    expect(await changeLog.read(0, 10)).toEqual([]);
    expect(await changeLog.prune(unbounded)).toBe(false);
  });

  test('changes are read in order, in pages', async () => {
    const { changeLog, ids } = await databaseWithChanges(5);
    expect((await changeLog.read(0, 2)).map(({ productId }) => productId)).toEqual(ids.slice(0, 2));
    const rest = await changeLog.read(2, 100);
    expect(rest.map(({ seq }) => seq)).toEqual([3, 4, 5]);
    expect(rest.map(({ productId }) => productId)).toEqual(ids.slice(2));
    expect(await changeLog.head()).toMatchObject({ seq: 5, changedAt: rest[2]?.changedAt });
  });

  test('a change is stamped with the time, in milliseconds', async () => {
    const before = Date.now();
    const { changeLog } = await databaseWithChanges(1);
    const [change] = await changeLog.read(0, 1);
    // SQLite rounds the time when it converts it.
    expect(change?.changedAt?.getTime()).toBeGreaterThanOrEqual(before - 1);
    expect(change?.changedAt?.getTime()).toBeLessThanOrEqual(Date.now() + 1);
  });

  test('invalid fields of an entry that external SQL has written are read as undefined', async () => {
    const { changeLog, dialect, sql } = await databaseWithChanges(0);
    await sql(unreadableEntries[dialect]);
    const unreadable = { version: undefined, changedAt: undefined };
    expect(await changeLog.head()).toMatchObject({ seq: 2, changedAt: undefined });
    expect(await changeLog.read(0, 10)).toMatchObject([unreadable, unreadable]);
  });

  test('a rolled back change leaves no entry and no gap', async () => {
    const { changeLog, sql } = await databaseWithChanges(1);
    await sql('BEGIN; DELETE FROM products; ROLLBACK');
    expect((await changeLog.head()).seq).toBe(1);
    await sql('DELETE FROM products');
    expect((await changeLog.head()).seq).toBe(2);
    expect((await changeLog.read(1, 10)).map(({ seq }) => seq)).toEqual([2]);
  });

  test('sequence numbers can exceed 32 bits', async () => {
    const { changeLog, dialect, sql } = await databaseWithChanges(1);
    await sql(moveHead[dialect]);
    await sql("UPDATE products SET name = 'Lantern'");
    expect(await changeLog.head()).toMatchObject({ seq: 9007199254740001 });
    expect(await changeLog.read(1, 10)).toMatchObject([{ seq: 9007199254740001 }]);
  });

  test('pruning by age keeps the youngest of the old entries, so that the log knows how far it reaches', async () => {
    const { changeLog, dialect, sql } = await databaseWithChanges(6);
    await sql(`UPDATE product_changes SET changed_at = ${earlier[dialect]} WHERE seq <= 4`);
    const minute = { ...unbounded, olderThanMs: 60_000 };
    expect(await changeLog.prune(minute)).toBe(true);
    const start = await changeLog.start();
    expect(start.seq).toBe(4);
    expect(start.reachMs).toBeGreaterThanOrEqual(90_000);
    expect(await changeLog.prune(minute)).toBe(false);
  });

  test('pruning by size keeps the youngest entries and shortens the reach of the log', async () => {
    const { changeLog } = await databaseWithChanges(6);
    expect(await changeLog.prune({ ...unbounded, keepAtMost: 2 })).toBe(true);
    const start = await changeLog.start();
    expect(start.seq).toBe(5);
    expect(start.reachMs).toBeLessThan(60_000);
  });

  test('pruning stops before entries that a reader still needs', async () => {
    const { changeLog } = await databaseWithChanges(6);
    expect(await changeLog.prune({ before: 3, olderThanMs: -1000, keepAtMost: 1 })).toBe(true);
    expect((await changeLog.start()).seq).toBe(3);
  });

  test('pruned entries stay in the feed and are not in the log any more', async () => {
    const { changeLog, changeFeed } = await databaseWithChanges(6);
    await changeLog.prune({ ...unbounded, keepAtMost: 2 });
    expect((await changeLog.read(0, 10)).map(({ seq }) => seq)).toEqual([5, 6]);
    expect((await changeLog.read(5, 10)).map(({ seq }) => seq)).toEqual([6]);
    expect(await changeFeed.start()).toBe(1);
    expect((await changeFeed.read(0, 10)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('a log whose start is not in the metadata has all entries', async () => {
    const { changeLog, sql } = await databaseWithChanges(3);
    await changeLog.prune({ ...unbounded, keepAtMost: 1 });
    await sql("DELETE FROM metadata WHERE key = 'relay_start'");
    expect(await changeLog.start()).toMatchObject({ seq: 1 });
    expect(await changeLog.read(0, 10)).toHaveLength(3);
  });

  test('a large log is pruned in several steps', async () => {
    const database = await open();
    const { changeLog } = database;
    await logEntries(database, 6000);
    const prune = () => changeLog.prune({ ...unbounded, keepAtMost: 1 });
    expect(await prune()).toBe(true);
    expect((await changeLog.start()).seq).toBe(5001);
    expect(await prune()).toBe(true);
    expect((await changeLog.start()).seq).toBe(6000);
    expect(await prune()).toBe(false);
  });

  test('the head survives pruning and an external deletion of all entries', async () => {
    const { changeLog, sql } = await databaseWithChanges(3);
    await changeLog.prune({ ...unbounded, keepAtMost: 1 });
    expect(await changeLog.head()).toMatchObject({ seq: 3, changedAt: expect.any(Date) });
    await sql('DELETE FROM product_changes');
    expect(await changeLog.head()).toMatchObject({ seq: 3, changedAt: undefined });
    expect(await changeLog.start()).toEqual({ seq: 4, reachMs: 0 });
  });
});
