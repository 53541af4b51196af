import type { Database } from '@product-api/database';
import { expect, onTestFinished, test } from 'vitest';
import { HistoryRepository } from '../../src/history/history-repository.js';
import { now, openSqliteCatalog } from '../open-catalog.js';
import { mouse } from '../sample-product.js';

/** Returns the database with a function that is called before each of its queries. */
function watched(database: Database, onQuery: () => void): Database {
  const { client } = database;
  const $queryRaw: typeof client.$queryRaw = (...query) => {
    onQuery();
    return client.$queryRaw(...query);
  };
  const watchedClient = Object.create(client, { $queryRaw: { value: $queryRaw } });
  return Object.create(database, { client: { value: watchedClient } });
}

test('restores that read long histories do not read in the same turn of the event loop', async () => {
  const { database, repository } = await openSqliteCatalog();
  const id = '00000000-0000-4000-8000-000000000001';
  await repository.insert(id, mouse);
  await database.client.$executeRaw`
    WITH RECURSIVE numbers (number) AS (
      SELECT 2 UNION ALL SELECT number + 1 FROM numbers WHERE number < 2001
    )
    INSERT INTO product_changes (product_id, version, kind, changed_at)
    SELECT product_id, number, 'update', changed_at FROM numbers CROSS JOIN product_changes`;
  let queries = 0;
  let most = 0;
  const countTurn = () => {
    most = Math.max(most, queries);
    queries = 0;
    turn = setImmediate(countTurn);
  };
  let turn = setImmediate(countTurn);
  onTestFinished(() => clearImmediate(turn));
  const history = new HistoryRepository(
    watched(database, () => {
      queries += 1;
    }),
    () => now,
  );
  const readers = Array.from({ length: 20 }, async () => {
    let count = 0;
    for await (const _ of history.changesSince(id, 1)) {
      count += 1;
    }
    return count;
  });
  expect(new Set(await Promise.all(readers))).toEqual(new Set([2000]));
  expect(most).toBeLessThanOrEqual(2);
});
