import { type Database, migrate, openDatabase } from '@product-api/database';
import { temporaryFolder } from '@product-api/testing';
import { onTestFinished } from 'vitest';
import { ProductRepository } from '../src/products/product-repository.js';

/** An empty catalog in a file of its own, by Prisma and by the repository. */
export interface Catalog {
  readonly url: string;
  readonly database: Database;
  readonly repository: ProductRepository;
}

/** What rows of a test are stamped with. */
export const now = new Date('2026-02-28T23:59:59.999Z');

/** Opens a new catalog, closed and removed when the test is over. */
export async function openCatalog(options: { busyTimeoutMs?: number } = {}): Promise<Catalog> {
  const folder = await temporaryFolder();
  const url = `file:${folder.file('catalog.db')}`;
  await migrate({ url });
  const database = await openDatabase({ url, ...options });
  onTestFinished(async () => {
    await database.close();
    await folder.remove();
  });
  return { url, database, repository: new ProductRepository(database, () => now) };
}
