import { eventually } from '@product-api/testing';
import { describe, expect, test } from 'vitest';
import {
  connectOperator,
  freshNamespace,
  ownRedis,
  sharedRedis,
} from '../../test/redis-fixture.js';
import { type Deployment, deploy, type RelayedProcess } from '../../test/relay-fixture.js';
import { openSqliteNotes, type SqliteNotes } from '../../test/sqlite-notes.js';

const redis = sharedRedis();

/** Two databases whose services were given one namespace. */
function deployTwo(redisUrl = redis.url): readonly [Deployment, Deployment] {
  const namespace = freshNamespace();
  return [
    deploy(redisUrl, openSqliteNotes(), namespace),
    deploy(redisUrl, openSqliteNotes(), namespace),
  ];
}

const idOf = async ({ changeLog }: SqliteNotes) => (await changeLog.head()).databaseId;

/** Gives a database the id of another one, as a copy or a restored backup has. */
async function becomeCopy(copy: SqliteNotes, original: SqliteNotes): Promise<void> {
  copy.sql(`UPDATE identity SET id = '${await idOf(original)}'`);
}

/**
 * Short times, so that a takeover is fast. `claimMs` is at least twice `maxLagMs`, as it must be.
 */
const shortTimes = { relay: { pollMs: 20, maxLagMs: 150, claimMs: 600 } };

/** Does not wait for a process that cannot become ready. */
const withoutWaiting = { startMs: 0 };

/** A claim that ends long after the test. */
const longClaim = { relay: { claimMs: 60_000 } };

describe('two databases under one namespace', () => {
  test('the second one bypasses Redis, reports it once and changes nothing in it', async () => {
    const [one, two] = deployTwo();
    const owner = await one.start();
    await owner.write('n', 'mine');
    await owner.read('n');
    await one.untilApplied();
    two.notes.write('n', 'of the other');
    const other = await two.start(withoutWaiting);
    await eventually(() => other.claims().length > 0);
    expect(other.isReady()).toBe(false);
    expect(await other.read('n')).toBe('of the other');
    await other.write('n', 'of the other, later');
    expect(await owner.isHit('n')).toBe(true);
    expect(await owner.read('n')).toBe('mine');
    expect(other.claims()).toEqual(['claimed-by-other-database']);
    expect([...owner.clearings(), ...other.clearings(), ...owner.claims()]).toEqual([]);
  });

  test('the second one takes over when the first one has stopped, and starts empty', async () => {
    const [one, two] = deployTwo();
    const owner = await one.start(shortTimes);
    await owner.write('n', 'of the other');
    await owner.read('n');
    two.notes.write('n', 'mine');
    const other = await two.start({ ...shortTimes, ...withoutWaiting });
    await eventually(() => other.claims().length > 0);
    await owner.store.close();
    await eventually(() => other.isReady());
    expect(await other.isHit('n')).toBe(false);
    expect(await other.read('n')).toBe('mine');
    expect(await other.isHit('n')).toBe(true);
    expect(other.clearings()).toEqual(['other-database']);
    await two.untilApplied();
  });

  test('the first one is bypassed when it comes back after a takeover', async () => {
    const [one, two] = deployTwo();
    const before = await one.start(shortTimes);
    await before.store.close();
    const other = await two.start(shortTimes);
    await eventually(() => other.isReady());
    const after = await one.start({ ...shortTimes, ...withoutWaiting });
    await eventually(() => after.claims().length > 0);
    expect(after.isReady()).toBe(false);
    expect(other.isReady()).toBe(true);
    expect(after.claims()).toEqual(['claimed-by-other-database']);
  });

  test.each(['the claim', 'the watermark', 'both', 'everything'])(
    'neither reads the data of the other, even if Redis loses %s repeatedly',
    async (what) => {
      const server = await ownRedis();
      const [one, two] = deployTwo(server.url);
      const processes = [
        await one.start(shortTimes),
        await two.start({ ...shortTimes, ...withoutWaiting }),
      ] as const;
      one.notes.write('n', 'one');
      two.notes.write('n', 'two');
      // A process that starts at the moment of the loss cannot detect the other one: see decision
      // 12.
      await eventually(() => processes[1].claims().length > 0);
      for (let loss = 0; loss < 10; loss++) {
        await lose(one, what);
        await readFor(200, processes);
      }
      await eventually(() => processes.some(({ isReady }) => isReady()));
    },
  );

  test('a claim of the other makes the first one bypass Redis, and nothing is cleared', async () => {
    const [one, two] = deployTwo();
    const owner = await one.start(shortTimes);
    await owner.write('n', 'one');
    await one.untilApplied();
    await one.operator.set(one.claimKey, await idOf(two.notes), 'PX', 60_000);
    await eventually(() => !owner.isReady());
    expect(await one.watermark()).toContain(await idOf(one.notes));
    expect(owner.claims()).toEqual(['claimed-by-other-database']);
    await one.operator.del(one.claimKey);
    await eventually(() => owner.isReady());
    expect(owner.clearings()).toEqual([]);
  });

  test('the claim of the other is detected even if the log cannot be read', async () => {
    const [one, two] = deployTwo();
    const owner = await one.start(shortTimes);
    await owner.write('n', 'one');
    one.notes.failing = true;
    await one.operator.set(one.claimKey, await idOf(two.notes), 'PX', 60_000);
    await eventually(() => !owner.isReady());
    await one.operator.del(one.claimKey);
    await one.operator.set(one.watermarkKey, 'clearing of-the-other 1');
    one.notes.failing = false;
    await eventually(() => owner.isReady());
    expect(owner.clearings()).toEqual(['unfinished-clearing']);
  });

  test('a full Redis can be claimed and taken over', async () => {
    const server = await ownRedis();
    const [one, two] = deployTwo(server.url);
    const owner = await one.start(shortTimes);
    await connectOperator(server.url).config('SET', 'maxmemory', '1');
    await owner.store.close();
    const other = await two.start(shortTimes);
    await eventually(() => other.isReady());
    expect(other.clearings()).toEqual(['other-database']);
  });
});

describe('two copies of one database', () => {
  test('the second one bypasses Redis if its history differs', async () => {
    const [one, two] = deployTwo();
    await becomeCopy(two.notes, one.notes);
    const owner = await one.start(shortTimes);
    await owner.write('n', 'mine');
    await owner.read('n');
    await one.untilApplied();
    two.notes.write('n', 'of the copy');
    const copy = await two.start({ ...shortTimes, ...withoutWaiting });
    await eventually(() => expect(copy.claims()).toHaveLength(1));
    expect(await copy.read('n')).toBe('of the copy');
    expect(await owner.isHit('n')).toBe(true);
    expect([...owner.clearings(), ...copy.clearings()]).toEqual([]);

    await owner.store.close();
    await eventually(() => copy.isReady());
    expect(copy.clearings()).toEqual(['other-history']);
    expect(await copy.read('n')).toBe('of the copy');
  });

  test('copies that diverge are detected, and the values of both are cleared', async () => {
    const [one, two] = deployTwo();
    await becomeCopy(two.notes, one.notes);
    const processes = [await one.start(shortTimes), await two.start(shortTimes)] as const;
    expect(processes.map(({ isReady }) => isReady())).toEqual([true, true]);
    for (const [index, process] of processes.entries()) {
      for (const id of ['a', 'b', 'c']) {
        await process.write(`${id}${index}`, 'text');
        await process.read(`${id}${index}`);
      }
    }
    await eventually(() => processes.some(({ claims }) => claims().includes('claimed-by-copy')));
    // Until its next poll, which finds the mark, the other process still reads values of both.
    await eventually(() => processes.some(({ clearings }) => clearings().length > 0));
    await eventually(() => processes.some(({ isReady }) => isReady()));
    expect(processes.filter(({ isReady }) => isReady())).toHaveLength(1);
    for (const [index, process] of processes.entries()) {
      for (const id of ['a', 'b', 'c']) {
        expect(await process.read(`${id}${1 - index}`)).toBeUndefined();
      }
    }
  });

  test('a process waits until the claim of a stopped process ends', async () => {
    const [one, two] = deployTwo();
    await becomeCopy(two.notes, one.notes);
    const before = await one.start(shortTimes);
    await before.write('n', 'newer than the backup');
    await one.untilApplied();
    await before.store.close();
    const after = await two.start(shortTimes);
    await eventually(() => after.isReady());
    expect(after.claims()).toEqual(['claimed-by-copy']);
    expect(after.clearings()).toEqual(['other-history']);
  });
});

test('processes of one service share its claim, and renew it', async () => {
  const [{ notes, start, operator, claimKey, namespace }] = deployTwo();
  const processes = [await start(longClaim), await start(longClaim)];
  expect(processes.map(({ isReady }) => isReady())).toEqual([true, true]);
  expect(await operator.get(claimKey)).toBe(await idOf(notes));
  await operator.pexpire(claimKey, 30_000);
  await eventually(async () => expect(await operator.pttl(claimKey)).toBeGreaterThan(30_000));
  expect(await operator.keys(`*${namespace}*`)).not.toEqual([]);
});

/**
 * Reads in both processes for some milliseconds, and expects the text of each one's own database.
 */
async function readFor(milliseconds: number, processes: readonly RelayedProcess[]): Promise<void> {
  const end = performance.now() + milliseconds;
  const texts = ['one', 'two'];
  while (performance.now() < end) {
    expect(await Promise.all(processes.map((process) => process.read('n')))).toEqual(texts);
    await new Promise(setImmediate);
  }
}

/** Deletes keys, as an eviction, an operator or a failover to an older copy may do. */
async function lose({ operator, claimKey, watermarkKey }: Deployment, what: string): Promise<void> {
  if (what === 'everything') {
    await operator.flushall();
    return;
  }
  const keys =
    what === 'both' ? [claimKey, watermarkKey] : [what === 'the claim' ? claimKey : watermarkKey];
  await operator.del(...keys);
}
