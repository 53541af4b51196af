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

/** Gives a database another's id, as a copy or a restored backup has it. */
async function becomeCopy(copy: SqliteNotes, original: SqliteNotes): Promise<void> {
  copy.sql(`UPDATE identity SET id = '${await idOf(original)}'`);
}

/** Short times, so that a takeover is over soon; a clearing waits for twice the time of trust. */
const brisk = { relay: { pollMs: 20, maxLagMs: 150, claimMs: 600 } };

/** For a process that is not expected to be ready. */
const out = { startMs: 0 };

/** A claim that ends far later than the test. */
const lasting = { relay: { claimMs: 60_000 } };

describe('two databases under one namespace', () => {
  test('the second one stays out, reports it once and leaves Redis as it is', async () => {
    const [one, two] = deployTwo();
    const owner = await one.start();
    await owner.write('n', 'mine');
    await owner.read('n');
    await one.untilApplied();
    two.notes.write('n', 'of the other');
    const other = await two.start(out);
    await eventually(() => other.claims().length > 0);
    expect(other.isReady()).toBe(false);
    expect(await other.read('n')).toBe('of the other');
    await other.write('n', 'of the other, later');
    expect(await owner.isHit('n')).toBe(true);
    expect(await owner.read('n')).toBe('mine');
    expect(other.claims()).toEqual(['claimed-by-other-database']);
    expect([...owner.clearings(), ...other.clearings(), ...owner.claims()]).toEqual([]);
  });

  test('the second one takes over when the first has stopped, and starts empty', async () => {
    const [one, two] = deployTwo();
    const owner = await one.start(brisk);
    await owner.write('n', 'of the other');
    await owner.read('n');
    two.notes.write('n', 'mine');
    const other = await two.start({ ...brisk, ...out });
    await eventually(() => other.claims().length > 0);
    await owner.store.close();
    await eventually(() => other.isReady());
    expect(await other.isHit('n')).toBe(false);
    expect(await other.read('n')).toBe('mine');
    expect(await other.isHit('n')).toBe(true);
    expect(other.clearings()).toEqual(['other-database']);
    await two.untilApplied();
  });

  test('the first one is the second when it comes back', async () => {
    const [one, two] = deployTwo();
    const before = await one.start(brisk);
    await before.store.close();
    const other = await two.start(brisk);
    await eventually(() => other.isReady());
    const after = await one.start({ ...brisk, ...out });
    await eventually(() => after.claims().length > 0);
    expect(after.isReady()).toBe(false);
    expect(other.isReady()).toBe(true);
    expect(after.claims()).toEqual(['claimed-by-other-database']);
  });

  test.each(['the claim', 'the watermark', 'both', 'everything'])(
    'neither reads the other’s data, although Redis loses %s again and again',
    async (what) => {
      const server = await ownRedis();
      const [one, two] = deployTwo(server.url);
      const processes = [await one.start(brisk), await two.start({ ...brisk, ...out })] as const;
      one.notes.write('n', 'one');
      two.notes.write('n', 'two');
      // One that starts at the moment of the loss cannot know of the other: see decision 12.
      await eventually(() => processes[1].claims().length > 0);
      for (let loss = 0; loss < 10; loss++) {
        await lose(one, what);
        await readFor(200, processes);
      }
      await eventually(() => processes.some(({ isReady }) => isReady()));
    },
  );

  test('a claim of the other takes the first one out of use, and nothing is cleared', async () => {
    const [one, two] = deployTwo();
    const owner = await one.start(brisk);
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

  test('the claim is seen although the log cannot be read', async () => {
    const [one, two] = deployTwo();
    const owner = await one.start(brisk);
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

  test('a Redis whose memory is full can be claimed and taken over', async () => {
    const server = await ownRedis();
    const [one, two] = deployTwo(server.url);
    const owner = await one.start(brisk);
    await connectOperator(server.url).config('SET', 'maxmemory', '1');
    await owner.store.close();
    const other = await two.start(brisk);
    await eventually(() => other.isReady());
    expect(other.clearings()).toEqual(['other-database']);
  });
});

describe('two copies of one database', () => {
  test('the second one stays out where its history is another', async () => {
    const [one, two] = deployTwo();
    await becomeCopy(two.notes, one.notes);
    const owner = await one.start(brisk);
    await owner.write('n', 'mine');
    await owner.read('n');
    await one.untilApplied();
    two.notes.write('n', 'of the copy');
    const copy = await two.start({ ...brisk, ...out });
    await eventually(() => expect(copy.claims()).toHaveLength(1));
    expect(await copy.read('n')).toBe('of the copy');
    expect(await owner.isHit('n')).toBe(true);
    expect([...owner.clearings(), ...copy.clearings()]).toEqual([]);

    await owner.store.close();
    await eventually(() => copy.isReady());
    expect(copy.clearings()).toEqual(['other-history']);
    expect(await copy.read('n')).toBe('of the copy');
  });

  test('that part are told apart, and what either has filled is cleared', async () => {
    const [one, two] = deployTwo();
    await becomeCopy(two.notes, one.notes);
    const processes = [await one.start(brisk), await two.start(brisk)] as const;
    expect(processes.map(({ isReady }) => isReady())).toEqual([true, true]);
    for (const [index, process] of processes.entries()) {
      for (const id of ['a', 'b', 'c']) {
        await process.write(`${id}${index}`, 'text');
        await process.read(`${id}${index}`);
      }
    }
    await eventually(() => processes.some(({ claims }) => claims().includes('claimed-by-copy')));
    // Until its next poll, which finds the mark, the other one reads what either has filled.
    await eventually(() => processes.some(({ clearings }) => clearings().length > 0));
    await eventually(() => processes.some(({ isReady }) => isReady()));
    expect(processes.filter(({ isReady }) => isReady())).toHaveLength(1);
    for (const [index, process] of processes.entries()) {
      for (const id of ['a', 'b', 'c']) {
        expect(await process.read(`${id}${1 - index}`)).toBeUndefined();
      }
    }
  });

  test('a claim that a stopped process has left is waited for', async () => {
    const [one, two] = deployTwo();
    await becomeCopy(two.notes, one.notes);
    const before = await one.start(brisk);
    await before.write('n', 'newer than the backup');
    await one.untilApplied();
    await before.store.close();
    const after = await two.start(brisk);
    await eventually(() => after.isReady());
    expect(after.claims()).toEqual(['claimed-by-copy']);
    expect(after.clearings()).toEqual(['other-history']);
  });
});

test('processes of one service share its claim, and renew it', async () => {
  const [{ notes, start, operator, claimKey, namespace }] = deployTwo();
  const processes = [await start(lasting), await start(lasting)];
  expect(processes.map(({ isReady }) => isReady())).toEqual([true, true]);
  expect(await operator.get(claimKey)).toBe(await idOf(notes));
  await operator.pexpire(claimKey, 30_000);
  await eventually(async () => expect(await operator.pttl(claimKey)).toBeGreaterThan(30_000));
  expect(await operator.keys(`*${namespace}*`)).not.toEqual([]);
});

/** Reads for some milliseconds in both processes at once, each of which has the text of its place. */
async function readFor(milliseconds: number, processes: readonly RelayedProcess[]): Promise<void> {
  const end = performance.now() + milliseconds;
  const texts = ['one', 'two'];
  while (performance.now() < end) {
    expect(await Promise.all(processes.map((process) => process.read('n')))).toEqual(texts);
    await new Promise(setImmediate);
  }
}

/** What eviction, an operator or a fallback to an older copy may do to Redis. */
async function lose({ operator, claimKey, watermarkKey }: Deployment, what: string): Promise<void> {
  if (what === 'everything') {
    await operator.flushall();
    return;
  }
  const keys =
    what === 'both' ? [claimKey, watermarkKey] : [what === 'the claim' ? claimKey : watermarkKey];
  await operator.del(...keys);
}
