import { randomUUID } from 'node:crypto';
import { openDatabase } from '@product-api/database';
import { eventually, startApi } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { expect, onTestFinished, test } from 'vitest';
import { MAX_PRUNED } from '../../src/idempotency/database/record-statements.js';
import { statementsByDialect } from '../../src/idempotency/database/statements-by-dialect.js';
import { pruneRecords } from '../../src/idempotency/prune-records.js';
import {
  type Catalog,
  describeDialects,
  openPostgresqlCatalogs,
  openSqliteCatalog,
} from '../open-catalog.js';

const HOUR_MS = 3_600_000;
const now = Date.parse('2026-02-28T12:00:00Z');
const signal = new AbortController().signal;

/** Inserts records that are so many hours old, in this order. */
async function addRecords(
  { database }: Pick<Catalog, 'database'>,
  ages: readonly number[],
  at = now,
) {
  await database.client.idempotencyRecord.createMany({
    data: ages.map((hours) => ({
      scope: '',
      key: `${hours}-${randomUUID()}`,
      fingerprint: 'f',
      outcome: '{"kind":"not-found"}',
      createdAt: new Date(at - hours * HOUR_MS),
    })),
  });
}

async function agesOf({ database }: Pick<Catalog, 'database'>): Promise<number[]> {
  const records = await database.client.idempotencyRecord.findMany({ orderBy: { number: 'asc' } });
  return records.map(({ key }) => Number(key.split('-')[0]));
}

describeDialects((openCatalog) => {
  test('records older than the limit are removed', async () => {
    const catalog = await openCatalog();
    await addRecords(catalog, [30, 25, 23, 1]);
    const retention = { before: new Date(now - 24 * HOUR_MS), keepAtMost: 1000 };
    await pruneRecords(catalog.database, retention, signal);
    expect(await agesOf(catalog)).toEqual([23, 1]);
  });

  test('the oldest are removed when there are too many', async () => {
    const catalog = await openCatalog();
    await addRecords(catalog, [5, 4, 3, 2, 1]);
    const retention = { before: new Date(now - 24 * HOUR_MS), keepAtMost: 2 };
    await pruneRecords(catalog.database, retention, signal);
    expect(await agesOf(catalog)).toEqual([2, 1]);
  });

  test('many records are removed in several steps, until a stop', async () => {
    const catalog = await openCatalog();
    const { client, dialect } = catalog.database;
    await addRecords(catalog, Array(2 * MAX_PRUNED + 1).fill(30));
    const retention = { before: new Date(now), keepAtMost: 1000 };
    expect(await client.$executeRaw(statementsByDialect[dialect].prune(retention))).toBe(
      MAX_PRUNED,
    );
    await pruneRecords(catalog.database, retention, AbortSignal.abort());
    expect(await agesOf(catalog)).toHaveLength(MAX_PRUNED + 1);
    await pruneRecords(catalog.database, retention, signal);
    expect(await agesOf(catalog)).toEqual([]);
  });
});

describeWith('postgres')('on PostgreSQL', () => {
  const openCatalog = openPostgresqlCatalogs();

  test('records that another process is removing are left to it', async () => {
    const { url, database } = await openCatalog();
    await addRecords({ database }, Array(MAX_PRUNED + 1).fill(30));
    const retention = { before: new Date(now), keepAtMost: 1000 };
    const other = await openDatabase({ url });
    onTestFinished(() => other.close());
    await other.client.$transaction(async (transaction) => {
      await transaction.$executeRaw(statementsByDialect.postgresql.prune(retention));
      await pruneRecords(database, retention, signal);
    });
    expect(await agesOf({ database })).toHaveLength(1);
  });
});

test('a service prunes when it starts, by its setting', async () => {
  const { url, database } = await openSqliteCatalog();
  await addRecords({ database }, [50, 40, 1], Date.now());
  const api = await startApi({ env: { DATABASE_URL: url, IDEMPOTENCY_KEEP_HOURS: '48' } });
  onTestFinished(() => api.stop());
  const reader = await openDatabase({ url });
  onTestFinished(() => reader.close());
  await eventually(async () => expect(await agesOf({ database: reader })).toEqual([40, 1]));
});
