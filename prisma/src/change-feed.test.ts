import { expect, test } from 'vitest';
import { logEntries } from '../test/log-entries.js';
import { describeDialects, type TestDatabase } from '../test/temporary-database.js';
import { type ChangeRetention, MAX_DELETED_AT_ONCE } from './change-feed.js';
import type { Dialect } from './database.js';

const MAX = Number.MAX_SAFE_INTEGER;
const unbounded: ChangeRetention = { olderThanMs: MAX, keepAtMost: MAX };

/** Ninety seconds before the time of an entry. */
const earlier: Record<Dialect, string> = {
  sqlite: 'changed_at - 90000',
  postgresql: "changed_at - interval '90 s'",
};

describeDialects(({ open }) => {
  /** Opens a database with changes, of which a cache needs only the last one. */
  async function databaseWithChanges(count: number): Promise<TestDatabase> {
    const database = await open();
    await logEntries(database, count);
    await pruneTo(database, 1);
    return database;
  }

  /** Lets a cache need only the youngest entries. */
  async function pruneTo({ changeLog }: TestDatabase, keepAtMost: number): Promise<void> {
    while (await changeLog.prune({ before: MAX, olderThanMs: MAX, keepAtMost })) {}
  }

  const numbersIn = async ({ changeFeed }: TestDatabase) =>
    (await changeFeed.read(0, 100)).map(({ seq }) => seq);

  test('a database without changes has an empty feed', async () => {
    const { changeFeed } = await open();
    expect(await changeFeed.head()).toMatchObject({ seq: 0 });
    expect(await changeFeed.start()).toBe(1);
    expect(await changeFeed.read(0, 10)).toEqual([]);
    expect(await changeFeed.deleteOld({ olderThanMs: 0, keepAtMost: 1 })).toBe(0);
  });

  test('entries that are older than the limit are deleted', async () => {
    const database = await databaseWithChanges(6);
    await database.sql(
      `UPDATE product_changes SET changed_at = ${earlier[database.dialect]} WHERE seq <= 4`,
    );
    const minute = { ...unbounded, olderThanMs: 60_000 };
    expect(await database.changeFeed.deleteOld(minute)).toBe(4);
    expect(await database.changeFeed.start()).toBe(5);
    expect(await numbersIn(database)).toEqual([5, 6]);
    expect(await database.changeFeed.deleteOld(minute)).toBe(0);
  });

  test('an old entry behind a younger one stays, so that the feed has no gap', async () => {
    const database = await databaseWithChanges(6);
    await database.sql(
      `UPDATE product_changes SET changed_at = ${earlier[database.dialect]} WHERE seq IN (1, 3)`,
    );
    expect(await database.changeFeed.deleteOld({ ...unbounded, olderThanMs: 60_000 })).toBe(1);
    expect(await numbersIn(database)).toEqual([2, 3, 4, 5, 6]);
  });

  test('the oldest entries are deleted when there are too many', async () => {
    const database = await databaseWithChanges(6);
    expect(await database.changeFeed.deleteOld({ ...unbounded, keepAtMost: 2 })).toBe(4);
    expect(await numbersIn(database)).toEqual([5, 6]);
  });

  test('an entry that a cache may need is never deleted', async () => {
    const database = await open();
    await logEntries(database, 6);
    const nothing = { olderThanMs: -60_000, keepAtMost: 1 };
    expect(await database.changeFeed.deleteOld(nothing)).toBe(0);
    await pruneTo(database, 4);
    expect(await database.changeFeed.deleteOld(nothing)).toBe(2);
    expect(await numbersIn(database)).toEqual([3, 4, 5, 6]);
    expect(await database.changeLog.read(0, 10)).toHaveLength(4);
  });

  test('many entries are deleted in several steps', async () => {
    const database = await databaseWithChanges(MAX_DELETED_AT_ONCE + 10);
    const deleteOld = () => database.changeFeed.deleteOld({ ...unbounded, keepAtMost: 1 });
    expect(await deleteOld()).toBe(MAX_DELETED_AT_ONCE);
    expect(await deleteOld()).toBe(9);
    expect(await deleteOld()).toBe(0);
  });
});
