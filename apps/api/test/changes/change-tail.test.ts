import { EventEmitter, once } from 'node:events';
import { eventually } from '@product-api/testing';
import { expect, onTestFinished, test } from 'vitest';
import { ChangeRepository } from '../../src/changes/change-repository.js';
import { ChangeService } from '../../src/changes/change-service.js';
import { ChangeTail } from '../../src/changes/change-tail.js';
import { type Catalog, openSqliteCatalog } from '../open-catalog.js';
import { mouse } from '../sample-product.js';
import { interpret } from './event-stream.js';

const POLL_MS = 20;

function failTest(error: unknown): never {
  throw error;
}

/**
 * Creates the service on a catalog, and counts what it reads.
 *
 * @param hold called with the limit of each read of the log, whose result waits for it
 */
function countingService(
  { database, repository }: Catalog,
  hold: (limit: number) => Promise<void> = async () => undefined,
) {
  const reads = { ends: 0, pages: 0, products: 0 };
  const { changeFeed } = database;
  const source = {
    repository: new ChangeRepository({
      ...changeFeed,
      head: () => {
        reads.ends += 1;
        return changeFeed.head();
      },
      read: async (after, limit) => {
        reads.pages += 1;
        const held = hold(limit);
        const page = await changeFeed.read(after, limit);
        await held;
        return page;
      },
    }),
    findProduct: async (id: string) => {
      reads.products += 1;
      return (await repository.find({ id }))?.product;
    },
  };
  const tail = new ChangeTail({ ...source, pollMs: POLL_MS, onFailure: failTest });
  return { reads, service: new ChangeService({ ...source, tail, heartbeatMs: 60_000 }) };
}

/** Reads a stream, until the test ends, and returns the function that returns its events so far. */
async function readStream(service: ChangeService, include?: 'product') {
  const end = new AbortController();
  const after = await service.placeOf({ after: undefined });
  let text = '';
  const work = async () => {
    for await (const block of service.stream(after, { include }, end.signal)) {
      text += block;
    }
  };
  const done = work();
  onTestFinished(async () => {
    end.abort();
    await done;
  });
  await eventually(() => text !== '');
  return () => interpret(text).events;
}

/** Logs changes of the only product. */
async function logUpdates({ database }: Catalog, count: number): Promise<void> {
  await database.client.$executeRaw`
    WITH RECURSIVE numbers (number) AS (
      SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < ${count}
    )
    INSERT INTO product_changes (product_id, version, kind, changed_at)
    SELECT product_id, number, 'update', changed_at FROM numbers CROSS JOIN product_changes`;
}

test('one read of the log and of each product serves all streams', async () => {
  const catalog = await openSqliteCatalog();
  const { reads, service } = countingService(catalog);
  const streams = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      readStream(service, index % 2 === 0 ? 'product' : undefined),
    ),
  );
  Object.assign(reads, { ends: 0, pages: 0, products: 0 });
  const started = performance.now();
  const ids = ['1', '2', '3'].map((last) => `00000000-0000-4000-8000-00000000000${last}`);
  await Promise.all(ids.map((id) => catalog.repository.insert(id, mouse)));
  await eventually(() => {
    for (const events of streams) {
      expect(events()).toHaveLength(3);
    }
  });
  const polls = (performance.now() - started) / POLL_MS;
  expect(reads.products).toBe(3);
  expect(reads.pages).toBeLessThanOrEqual(polls + 1);
  expect(reads.ends).toBeLessThanOrEqual(polls + 1);
});

test('a reader gets a change that the tail has passed on while the reader was joining', async () => {
  const catalog = await openSqliteCatalog();
  const gate = new EventEmitter();
  let reading: 'early' | 'late' | 'held' = 'early';
  const { service } = countingService(catalog, async (limit) => {
    // The tail reads larger pages than a reader.
    if (reading === 'late' && limit < 1000) {
      reading = 'held';
      await once(gate, 'open');
    }
  });
  const early = await readStream(service);
  reading = 'late';
  const late = readStream(service);
  await eventually(() => reading === 'held');
  await catalog.repository.insert('00000000-0000-4000-8000-000000000001', mouse);
  await eventually(() => expect(early()).toHaveLength(1));
  gate.emit('open');
  const events = await late;
  await eventually(() => expect(events()).toEqual(early()));
});

test('readers that are behind do not read in the same turn of the event loop', async () => {
  const catalog = await openSqliteCatalog();
  const { reads, service } = countingService(catalog);
  const after = await service.placeOf({ after: undefined });
  await catalog.repository.insert('00000000-0000-4000-8000-000000000001', mouse);
  await logUpdates(catalog, 2000);
  let most = 0;
  const countTurn = () => {
    most = Math.max(most, reads.pages);
    reads.pages = 0;
    turn = setImmediate(countTurn);
  };
  let turn = setImmediate(countTurn);
  onTestFinished(() => clearImmediate(turn));
  const wanted = { kind: 'delete', limit: 1 } as const;
  const wait = { signal: AbortSignal.timeout(10_000), idleMs: 1 };
  await Promise.all(
    Array.from({ length: 20 }, () => [
      service.find(after, wanted),
      service.waitFor(after, wanted, wait),
    ]).flat(),
  );
  // One of a request, and one of a reader that waits; the tail polls, too.
  expect(most).toBeLessThanOrEqual(4);
});

test('a reader that is slower than the tail reads the log by itself, and misses nothing', async () => {
  const catalog = await openSqliteCatalog();
  const { reads, service } = countingService(catalog);
  const end = new AbortController();
  const after = await service.placeOf({ after: undefined });
  const slow = service.stream(after, {}, end.signal);
  const fast = await readStream(service);
  let text = String((await slow.next()).value);
  // It joins the tail, and then reads nothing while more changes come than may wait for it.
  const next = slow.next();
  await catalog.repository.insert('00000000-0000-4000-8000-000000000001', mouse);
  text += (await next).value;
  await logUpdates(catalog, 7000);
  await eventually(() => expect(fast()).toHaveLength(7001));
  const pages = reads.pages;
  while (interpret(text).events.length < 7001) {
    text += (await slow.next()).value;
  }
  expect(interpret(text).events).toEqual(fast());
  expect(reads.pages).toBeGreaterThan(pages);
  end.abort();
  await slow.return(true);
});
