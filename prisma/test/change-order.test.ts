import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, type SeededRandom, seededRandom } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import type pg from 'pg';
import { expect, test } from 'vitest';
import type { ChangeLog } from '../src/change-log.js';
import { openDatabase } from '../src/open-database.js';
import { newProduct } from './new-product.js';
import { insertProduct, openSession } from './open-session.js';
import { postgresqlDatabases, type TestDatabase } from './temporary-database.js';

/** Returns the ids of the products whose changes a reader has not returned before. */
type Reader = () => Promise<string[]>;

/** Reads as the cache does: up to the head, from where the last read has ended. */
function readerOf(changeLog: ChangeLog): Reader {
  let position = 0;
  return async () => {
    const { seq } = await changeLog.head();
    const changes = (await changeLog.read(position, 1000)).filter((change) => change.seq <= seq);
    position = seq;
    return changes.map(({ productId }) => productId);
  };
}

/** Reads by the numbers that writers take when they write, as `seq >` with a sequence would. */
function readerByWrite(session: pg.Client, condition = 'true'): Reader {
  let position = '0';
  return async () => {
    const { rows } = await session.query(
      `SELECT id, product_id FROM product_changes WHERE id > $1 AND ${condition} ORDER BY id`,
      [position],
    );
    position = rows.at(-1)?.id ?? position;
    return rows.map(({ product_id }) => product_id);
  };
}

/** Only the entries of transactions that are older than every open one. */
const BEFORE_OPEN_TRANSACTIONS =
  'xmin::text::bigint < pg_snapshot_xmin(pg_current_snapshot())::text::bigint';

const readers: Record<string, (database: TestDatabase, session: pg.Client) => Reader> = {
  'the change log': ({ changeLog }) => readerOf(changeLog),
  'numbers by write': (_, session) => readerByWrite(session),
  'numbers by write, and xmin': (_, session) => readerByWrite(session, BEFORE_OPEN_TRANSACTIONS),
};

/** The sessions of an interleaving, and `see`, which reads and returns all names read so far. */
interface Stage {
  readonly a: pg.Client;
  readonly b: pg.Client;
  /** A session on another database of the server. */
  readonly foreign: pg.Client;
  readonly see: () => Promise<string>;
}

/** Runs an interleaving, and returns what was seen at each step. */
type Interleaving = (stage: Stage) => Promise<string[]>;

const interleavings: Record<string, Interleaving> = {
  async 'the first writer commits last'({ a, b, see }) {
    await a.query('BEGIN');
    await insertProduct(a, 'a');
    await insertProduct(b, 'b');
    const meanwhile = await see();
    await a.query('COMMIT');
    return [meanwhile, await see()];
  },

  async 'the older transaction writes later, and commits first'({ a, b, see }) {
    await a.query('BEGIN; SELECT pg_current_xact_id()');
    await b.query('BEGIN');
    await insertProduct(b, 'd');
    await insertProduct(a, 'e');
    await a.query('COMMIT');
    const meanwhile = await see();
    await b.query('COMMIT');
    return [meanwhile, await see()];
  },

  async 'a transaction is open in another database'({ a, foreign, see }) {
    await foreign.query('BEGIN; SELECT pg_current_xact_id()');
    await insertProduct(a, 'g');
    const meanwhile = await see();
    await foreign.query('ROLLBACK');
    return [meanwhile, await see()];
  },

  async 'a snapshot of another database stays open'({ a, foreign, see }) {
    await foreign.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM pg_class');
    await insertProduct(a, 'h');
    const meanwhile = await see();
    await foreign.query('COMMIT');
    return [meanwhile, await see()];
  },

  async 'an earlier writer rolls back'({ a, b, see }) {
    await a.query('BEGIN');
    await insertProduct(a, 'x');
    await insertProduct(b, 'i');
    const meanwhile = await see();
    await a.query('ROLLBACK');
    return [meanwhile, await see()];
  },

  async 'an earlier writer commits a savepoint later'({ a, b, see }) {
    await a.query('BEGIN; SAVEPOINT s');
    await insertProduct(a, 'j');
    await a.query('RELEASE s');
    await insertProduct(b, 'k');
    const meanwhile = await see();
    await a.query('COMMIT');
    return [meanwhile, await see()];
  },
};

/** What each reader has seen while the transaction is open, and after it. */
const expected: Record<string, Record<string, string[]>> = {
  'the first writer commits last': {
    'the change log': ['b', 'ba'],
    // Never sees a.
    'numbers by write': ['b', 'b'],
    'numbers by write, and xmin': ['', 'ab'],
  },
  'the older transaction writes later, and commits first': {
    'the change log': ['e', 'ed'],
    // Neither ever sees d.
    'numbers by write': ['e', 'e'],
    'numbers by write, and xmin': ['e', 'e'],
  },
  'a transaction is open in another database': {
    'the change log': ['g', 'g'],
    'numbers by write': ['g', 'g'],
    // Sees g only after the other transaction.
    'numbers by write, and xmin': ['', 'g'],
  },
  'a snapshot of another database stays open': {
    'the change log': ['h', 'h'],
    'numbers by write': ['h', 'h'],
    'numbers by write, and xmin': ['h', 'h'],
  },
  'an earlier writer rolls back': {
    'the change log': ['i', 'i'],
    'numbers by write': ['i', 'i'],
    'numbers by write, and xmin': ['', 'i'],
  },
  'an earlier writer commits a savepoint later': {
    'the change log': ['k', 'kj'],
    'numbers by write': ['k', 'k'],
    'numbers by write, and xmin': ['', 'jk'],
  },
};

describeWith('postgres')('changes in the order of their commits', () => {
  const open = postgresqlDatabases();

  const cases = Object.entries(interleavings).flatMap(([name, interleave]) =>
    Object.entries(readers).map(([reader, createReader]) => ({
      name,
      reader,
      interleave,
      createReader,
    })),
  );

  for (const { name, reader, interleave, createReader } of cases) {
    // The transactions of other test files on this server hold xmin back, too.
    const retry = reader === 'numbers by write, and xmin' ? 20 : 0;
    test(`${name}: seen by ${reader}`, { retry }, async () => {
      const database = await open();
      const other = await open();
      const [a, b, session, foreign] = await Promise.all([
        openSession(database.url),
        openSession(database.url),
        openSession(database.url),
        openSession(other.url),
      ]);
      const read = createReader(database, session);
      const seen: string[] = [];
      const see = async () => {
        for (const id of await read()) {
          const product = await database.client.product.findUniqueOrThrow({ where: { id } });
          seen.push(product.name);
        }
        return seen.join('');
      };
      expect(await interleave({ a, b, foreign, see })).toEqual(expected[name]?.[reader]);
    });
  }

  test.each([
    ['COMMIT', ['first', 'late']],
    ['ROLLBACK', ['late', 'first']],
  ])('a reader waits for another one that numbers, until its %s', async (end, order) => {
    const database = await open();
    const [writer, reader] = [await openSession(database.url), await openSession(database.url)];
    await writer.query('BEGIN');
    await insertProduct(writer, 'late');
    await database.client.product.create({ data: newProduct({ name: 'first' }) });
    await reader.query('BEGIN; SELECT product_changes_head()');
    await writer.query('COMMIT');
    const heads = [database.changeLog.head(), database.changeLog.head()];
    await eventually(async () => {
      const waiting = await database.sql(`SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`);
      return waiting.length === heads.length;
    });
    await reader.query(end);
    expect(await Promise.all(heads)).toMatchObject([{ seq: 2 }, { seq: 2 }]);
    const changes = await database.changeLog.read(0, 10);
    const products = await database.client.product.findMany();
    expect(
      changes.map(({ productId }) => products.find(({ id }) => id === productId)?.name),
    ).toEqual(order);
  });

  test('readers that number at once miss no change of writers with open transactions', async () => {
    const database = await open();
    const random = seededRandom(20_261_128);
    const data = Array.from({ length: 40 }, () => newProduct());
    await database.client.product.createMany({ data });
    let isWriting = true;
    const writers = Array.from({ length: 6 }, async () => {
      const session = await openSession(database.url);
      for (let transaction = 0; transaction < 25; transaction++) {
        await changeSome(session, random);
      }
    });
    const readings = Array.from({ length: 3 }, async () => {
      const { changeLog, close } = await openDatabase({ url: database.url });
      const read = readerOf(changeLog);
      const seen: string[] = [];
      for (let isLast = false; !isLast; ) {
        isLast = !isWriting;
        seen.push(...(await read()));
        await sleep(random.below(20));
      }
      await close();
      return seen;
    });
    await Promise.all(writers);
    isWriting = false;
    const { seq } = await database.changeLog.head();
    const logged = (await database.changeLog.read(0, 10_000)).map(({ productId }) => productId);
    expect(logged).toHaveLength(seq);
    for (const seen of await Promise.all(readings)) {
      expect(seen).toEqual(logged);
    }
    expect(await database.sql('SELECT FROM product_changes WHERE seq IS NULL')).toEqual([]);
  });

  test('thousands of changes are numbered in time after the log was pruned', async () => {
    const { client, changeLog, sql } = await open();
    const createMany = () =>
      client.product.createMany({ data: Array.from({ length: 5500 }, () => newProduct()) });
    await createMany();
    const { seq } = await changeLog.head();
    await changeLog.prune({ before: seq, olderThanMs: 0, keepAtMost: 1 });
    await changeLog.prune({ before: seq, olderThanMs: 0, keepAtMost: 1 });
    // Now the planner expects a log of one entry, in a table of many pages.
    await sql('VACUUM ANALYZE product_changes');
    await createMany();
    // Beyond the time limit of a statement this fails.
    expect(await changeLog.head()).toMatchObject({ seq: seq + 5500 });
  });
});

/** Changes one to three products in a transaction with pauses, and rolls back one of ten. */
async function changeSome(session: pg.Client, random: SeededRandom): Promise<void> {
  await session.query('BEGIN');
  const count = 1 + random.below(3);
  // Rows in one order, so that the writers do not block each other for ever.
  for (let part = 0; part < count; part++) {
    await session.query(
      `UPDATE products SET price_units = price_units + 1
       WHERE id = (SELECT id FROM products ORDER BY id LIMIT 1 OFFSET $1)`,
      [part * 13 + random.below(13)],
    );
    await sleep(random.chance(0.3) ? random.below(30) : 0);
  }
  await session.query(random.chance(0.1) ? 'ROLLBACK' : 'COMMIT');
}
