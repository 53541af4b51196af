import { type Database, migrate, openDatabase } from '@product-api/database';
import { type Pgbouncer, startPgbouncer, temporaryFolder } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { postgresCopies, sharedPostgresUrl } from '@product-api/testing/postgres';
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest';
import { ProductRepository } from '../src/products/product-repository.js';

/** An empty catalog of its own, by Prisma and by the repository. */
export interface Catalog {
  readonly url: string;
  readonly database: Database;
  readonly repository: ProductRepository;
}

/** Options of a catalog. */
export interface CatalogOptions {
  readonly busyTimeoutMs?: number;
  readonly poolSize?: number;
}

/** Opens a new catalog, closed and removed when the test is over. */
export type OpenCatalog = (options?: CatalogOptions) => Promise<Catalog>;

/** What rows of a test are stamped with. */
export const now = new Date('2026-02-28T23:59:59.999Z');

/** Declares the same tests for each dialect. */
export function describeDialects(declareTests: (openCatalog: OpenCatalog) => void): void {
  describe('on SQLite', () => declareTests(openSqliteCatalog));
  describeWith('postgres')('on PostgreSQL', () => {
    declareTests(openPostgresqlCatalogs());
  });
}

/** Opens a new catalog in a file. */
export const openSqliteCatalog: OpenCatalog = async (options = {}) => {
  const folder = await temporaryFolder();
  onTestFinished(() => folder.remove());
  const url = `file:${folder.file('catalog.db')}`;
  await migrate({ url });
  return openCatalogAt(url, options);
};

/**
 * Starts PgBouncer for the tests of this block, and returns the function that opens a catalog
 * through it.
 */
export function openCatalogsThroughPgbouncer(): OpenCatalog {
  let bouncer: Pgbouncer;
  beforeAll(async () => {
    bouncer = await startPgbouncer(sharedPostgresUrl());
  });
  afterAll(() => bouncer.stop());
  return openPostgresqlCatalogs((url) => bouncer.urlOf(url));
}

/**
 * Creates a template for the tests of this block, and returns the function that opens a copy of it.
 *
 * @param throughProxy returns the URL of a proxy that leads to a URL; default: none
 */
export function openPostgresqlCatalogs(throughProxy = (url: string) => url): OpenCatalog {
  const copy = postgresCopies((url) => migrate({ url }));
  return async (options = {}) => openCatalogAt(throughProxy(await copy()), options);
}

/** Opens a catalog, closed when the test is over. */
export async function openCatalogAt(url: string, options: CatalogOptions = {}): Promise<Catalog> {
  const database = await openDatabase({ url, ...options });
  onTestFinished(() => database.close());
  return { url, database, repository: new ProductRepository(database, () => now) };
}
