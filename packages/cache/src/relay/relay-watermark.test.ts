import { eventually } from '@product-api/testing';
import { describe, expect, test } from 'vitest';
import { ownRedis, sharedRedis } from '../../test/redis-fixture.js';
import { deploy } from '../../test/relay-fixture.js';
import { openSqliteNotes } from '../../test/sqlite-notes.js';

const redis = sharedRedis();

describe('the watermark', () => {
  test('is readable text: database, sequence number and mark of the last applied change', async () => {
    const deployment = deploy(redis.url);
    const { write } = await deployment.start();
    await write('n', 'one');
    const { databaseId, mark } = await deployment.notes.changeLog.head();
    await eventually(async () =>
      expect(await deployment.watermark()).toBe(`${databaseId} 1 ${mark}`),
    );
    expect(await deployment.operator.pttl(deployment.watermarkKey)).toBe(-1);
  });

  test('uses a separate key for each namespace by default', async () => {
    const notes = openSqliteNotes();
    const [one, two] = [deploy(redis.url, notes), deploy(redis.url, notes)];
    // The cast passes `undefined`, which the options do not allow, to get the default key.
    const withDefaultKey = { watermarkKey: undefined } as object;
    const reader = await one.start(withDefaultKey);
    const other = await two.start(withDefaultKey);
    notes.write('n', 'old');
    await Promise.all([reader.read('n'), other.read('n')]);
    notes.sql("UPDATE notes SET text = 'new'");
    await eventually(async () => {
      expect(await reader.read('n')).toBe('new');
      expect(await other.read('n')).toBe('new');
    });
    expect(await redis.operator.exists(`cache:applied:${one.namespace}`)).toBe(1);
    expect(await redis.operator.exists(`cache:applied:${two.namespace}`)).toBe(1);
  });

  test('lets a restarted process keep the cached entries', async () => {
    const deployment = deploy(redis.url);
    deployment.notes.write('n', 'one');
    const before = await deployment.start();
    await before.read('n');
    await before.store.close();
    const after = await deployment.start();
    expect(await after.isHit('n')).toBe(true);
    expect(after.clearings()).toEqual([]);
  });

  test('lets a restarted process apply writes that were made while no process was running', async () => {
    const deployment = deploy(redis.url);
    const { notes } = deployment;
    notes.write('changed', 'old');
    notes.write('unchanged', 'one');
    const before = await deployment.start();
    await before.read('changed');
    await before.read('unchanged');
    await before.store.close();
    notes.sql("UPDATE notes SET text = 'new' WHERE id = 'changed'");
    const after = await deployment.start();
    expect(await after.read('changed')).toBe('new');
    expect(await after.isHit('unchanged')).toBe(true);
  });
});

describe('a watermark that is missing', () => {
  test('makes the relay replay the whole log', async () => {
    const deployment = deploy(redis.url);
    deployment.notes.write('n', 'current');
    deployment.notes.write('m', 'current');
    await deployment.plant('n', 'outdated');
    await deployment.plant('unknown to the log', 'kept');
    const reader = await deployment.start();
    expect(await reader.read('n')).toBe('current');
    expect(await reader.isHit('unknown to the log')).toBe(true);
    expect(reader.events).toContainEqual({ type: 'recovered', applied: 2, cleared: 0 });
  });

  test.each(['deleted', 'flushed', 'replaced by a key of another type'])(
    'is detected in use: %s',
    async (how) => {
      const server = await ownRedis();
      const deployment = deploy(server.url);
      const { operator, watermarkKey } = deployment;
      const reader = await deployment.start();
      await reader.write('n', 'current');
      await deployment.untilApplied();
      const transaction = operator.multi();
      if (how === 'flushed') {
        transaction.flushall();
      } else {
        transaction.del(watermarkKey).del(`fence:{${deployment.namespace}n}`);
      }
      if (how === 'replaced by a key of another type') {
        transaction.lpush(watermarkKey, 'nonsense');
      }
      // Stands for a slow process that stores an outdated value after watermark and fence were
      // lost.
      transaction.set(`${deployment.namespace}n`, '{"id":"n","text":"outdated"}');
      await transaction.exec();
      await eventually(async () => expect(await reader.read('n')).toBe('current'));
      await deployment.untilApplied();
      expect(reader.isReady()).toBe(true);
    },
  );

  test('makes the relay clear the store if the log is too short to be replayed', async () => {
    const deployment = deploy(redis.url);
    const { notes } = deployment;
    notes.write('n', 'current');
    notes.write('m', 'current');
    notes.sql('DELETE FROM changes WHERE seq = 1');
    await deployment.plant('n', 'outdated');
    const reader = await deployment.start();
    expect(await reader.read('n')).toBe('current');
    expect(reader.clearings()).toEqual(['log-too-short']);
    await deployment.untilApplied();
  });
});

describe('a watermark that is older than the start of the log', () => {
  async function pruned(reachMs: number) {
    const deployment = deploy(redis.url);
    const { notes } = deployment;
    notes.reachMs = reachMs;
    const before = await deployment.start();
    await before.write('early', 'one');
    await deployment.untilApplied();
    await before.store.close();
    for (const id of ['a', 'b', 'c']) {
      notes.write(id, 'current');
      await deployment.plant(id, 'outdated');
    }
    await deployment.plant('early', 'kept');
    notes.sql('DELETE FROM changes WHERE seq <= 2');
    return { deployment, reader: await deployment.start() };
  }

  test('makes the relay replay the remaining log if every value older than the log must have expired', async () => {
    const { reader } = await pruned(60_000);
    expect(await reader.read('c')).toBe('current');
    expect(await reader.isHit('early')).toBe(true);
    expect(reader.clearings()).toEqual([]);
  });

  test('makes the relay clear the store if older values may not have expired', async () => {
    const { reader } = await pruned(59_999);
    expect(await reader.read('a')).toBe('current');
    expect(await reader.isHit('early')).toBe(false);
    expect(reader.clearings()).toEqual(['log-too-short']);
  });
});

describe('a watermark from another history', () => {
  async function restored(sql: string) {
    const deployment = deploy(redis.url);
    const before = await deployment.start();
    for (const text of ['one', 'two', 'three']) {
      await before.write('n', text);
    }
    await deployment.untilApplied();
    await before.read('n');
    await before.store.close();
    await deployment.plant('never was', 'outdated');
    deployment.notes.sql(sql);
    const reader = await deployment.start();
    return { deployment, reader };
  }

  const restoreFirstVersion = `
    UPDATE notes SET text = 'one';
    DELETE FROM changes WHERE seq > 1;
    UPDATE sqlite_sequence SET seq = 1;
    UPDATE notes SET version = 1;`;

  test.each([
    [
      'another database',
      'UPDATE identity SET id = lower(hex(randomblob(16)))',
      'other-database',
      'three',
    ],
    ['a database restored from an older backup', restoreFirstVersion, 'other-history', 'one'],
    [
      'a restored database that has more changes again',
      `${restoreFirstVersion} UPDATE notes SET text = 'x'; UPDATE notes SET text = 'y'; UPDATE notes SET text = 'z';`,
      'other-history',
      'z',
    ],
    [
      'a restored database that has equally many changes again',
      `${restoreFirstVersion} UPDATE notes SET text = 'x'; UPDATE notes SET text = 'y';`,
      'other-history',
      'y',
    ],
  ])('makes the relay clear the store: %s', async (_, sql, reason, text) => {
    const { deployment, reader } = await restored(sql);
    expect(await reader.read('n')).toBe(text);
    expect(await reader.isHit('never was')).toBe(false);
    expect(reader.clearings()).toEqual([reason]);
    const { databaseId, seq } = await deployment.notes.changeLog.head();
    expect(await deployment.watermark()).toContain(`${databaseId} ${seq} `);
  });

  test('is detected in use: reads bypass Redis until the store is cleared', async () => {
    const deployment = deploy(redis.url);
    const reader = await deployment.start();
    await reader.write('n', 'current');
    await deployment.untilApplied();
    await deployment.plant('n', 'outdated');
    deployment.notes.sql('UPDATE identity SET id = lower(hex(randomblob(16)))');
    await eventually(async () => expect(await reader.read('n')).toBe('current'));
    await eventually(() => reader.isReady());
    expect(reader.clearings()).toEqual(['other-database']);
  });

  test('makes the relay clear the store if it is not valid, for example edited by hand', async () => {
    const deployment = deploy(redis.url);
    await deployment.operator.set(deployment.watermarkKey, '42');
    const reader = await deployment.start();
    expect(reader.clearings()).toEqual(['other-database']);
  });
});
