import { type Database, migrate, openDatabase } from '@product-api/database';
import { temporaryFolder } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { createPostgresDatabase } from '@product-api/testing/postgres';
import { afterAll, beforeAll, describe } from 'vitest';

/** An empty, migrated catalog that the services of a block share. */
export interface SharedCatalog {
  readonly url: string;
  /** A connection of the test's own. */
  readonly database: Database;
}

/**
 * Declares the same tests for each database.
 *
 * @param declareTests gets the function that returns the catalog of its block, while tests run
 */
export function describeDatabases(declareTests: (catalog: () => SharedCatalog) => void): void {
  describe('on SQLite', () => {
    declareTests(
      sharedCatalog(async () => {
        const folder = await temporaryFolder();
        return { url: `file:${folder.file('catalog.db')}`, remove: folder.remove };
      }),
    );
  });
  describeWith('postgres')('on PostgreSQL', () => {
    declareTests(
      sharedCatalog(async () => {
        const { url, drop } = await createPostgresDatabase();
        return { url, remove: drop };
      }),
    );
  });
}

interface Place {
  readonly url: string;
  remove(): Promise<void>;
}

function sharedCatalog(createPlace: () => Promise<Place>): () => SharedCatalog {
  let place: Place;
  let database: Database;
  beforeAll(async () => {
    place = await createPlace();
    await migrate({ url: place.url });
    database = await openDatabase({ url: place.url });
  });
  afterAll(async () => {
    await database.close();
    await place.remove();
  });
  return () => ({ url: place.url, database });
}
