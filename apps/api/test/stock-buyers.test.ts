import { type Client, createClient } from '@product-api/client';
import { type RunningApi, startApi, temporaryFolder } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { createPostgresDatabase, type PostgresDatabase } from '@product-api/testing/postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mouse } from './sample-product.js';
import { startWorkers, type WorkerService } from './start-workers.js';

const PIECES = 100;

/**
 * Sells a product to more buyers than there are pieces, all at once, and each by the next of the
 * services.
 */
async function expectExactSale(buyers: number, services: readonly Client[]): Promise<void> {
  const [service = expect.unreachable()] = services;
  const { id } = await service.products.create({ ...mouse, stock_quantity: PIECES });
  const sales: { buyer: number; left: number }[] = [];
  const refusals: unknown[] = [];
  const buy = async (buyer: number) => {
    const { products } = services[buyer % services.length] ?? service;
    try {
      const { stock_quantity } = await products.adjustStock(id, {
        delta: -1,
        reason: 'sale',
        reference: String(buyer),
      });
      sales.push({ buyer, left: stock_quantity });
    } catch (error) {
      refusals.push(error);
    }
  };
  await Promise.all(Array.from({ length: buyers }, (_, buyer) => buy(buyer)));

  expect(refusals).toHaveLength(buyers - PIECES);
  const shortage = [{ product_id: id, requested: 1, available: 0 }];
  for (const refusal of refusals) {
    expect(refusal).toMatchObject({ status: 409, shortages: shortage });
  }
  for (const { products } of services) {
    expect(await products.get(id)).toMatchObject({ stock_quantity: 0 });
  }
  const ledger = await service.stock.ledger(id).toArray();
  const sold = ledger.filter(({ reason }) => reason === 'sale');
  const bySale = sales.sort((one, other) => one.left - other.left);
  expect(
    sold.map((line) => ({ buyer: Number(line.reference), left: line.quantity_after })),
  ).toEqual(bySale);
  expect(bySale.map(({ left }) => left)).toEqual(Array.from({ length: PIECES }, (_, n) => n));
  expect(ledger.reduce((sum, { delta }) => sum + delta, 0)).toBe(0);
}

/** Starts services on one database, and returns their clients. */
async function startAll(databaseUrl: string, count: number) {
  // Services without Redis see each other's writes by the change log.
  const env = { DATABASE_URL: databaseUrl, SEED: 'false', CACHE_POLL_MS: '50' };
  const apis: RunningApi[] = [];
  for (let started = 0; started < count; started++) {
    apis.push(await startApi({ env }));
  }
  return { apis, clients: apis.map(({ baseUrl }) => clientOf(baseUrl)) };
}

/** Creates a client whose calls wait as long as a busy machine needs. */
function clientOf(baseUrl: string): Client {
  return createClient({ baseUrl, timeoutMs: 60_000 });
}

describe('buyers of 100 pieces on SQLite', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let services: Awaited<ReturnType<typeof startAll>>;

  beforeAll(async () => {
    folder = await temporaryFolder();
    services = await startAll(`file:${folder.file('catalog.db')}`, 2);
  });
  afterAll(async () => {
    await Promise.all(services.apis.map((api) => api.stop()));
    await folder.remove();
  });

  test('300 of one process buy exactly 100', () =>
    expectExactSale(300, services.clients.slice(0, 1)));
  test('1,000 of two processes buy exactly 100', () => expectExactSale(1000, services.clients));
});

describeWith('postgres')('buyers of 100 pieces on PostgreSQL', () => {
  let catalog: PostgresDatabase;
  let services: Awaited<ReturnType<typeof startAll>>;

  beforeAll(async () => {
    catalog = await createPostgresDatabase();
    services = await startAll(catalog.url, 3);
  });
  afterAll(async () => {
    await Promise.all(services.apis.map((api) => api.stop()));
    await catalog.drop();
  });

  test('300 of one process buy exactly 100', () =>
    expectExactSale(300, services.clients.slice(0, 1)));
  test('1,000 of three processes buy exactly 100', () => expectExactSale(1000, services.clients));
});

describeWith('redis')('buyers of 100 pieces from two workers', () => {
  let service: WorkerService;

  beforeAll(async () => {
    service = await startWorkers();
  });
  afterAll(() => service.stop());

  test('1,000 buy exactly 100', () => expectExactSale(1000, [clientOf(service.api.baseUrl)]));
});
