import { Prisma } from '@product-api/database';
import type { StoredApiKey } from '../stored-api-key.js';

/** The statements of one dialect on the table `api_keys`. */
export interface ApiKeyStatements {
  /** Selects all keys as one JSON text, see `parseRows`: column `keys`. */
  readonly selectAll: Prisma.Sql;
  insert(key: StoredApiKey): Prisma.Sql;
  /** Sets the time of a key's expiry. */
  expire(key: Pick<StoredApiKey, 'id' | 'expiresAt'>): Prisma.Sql;
}

/** Selects the version of the keys: column `value`. */
export const selectVersion = Prisma.sql`SELECT value FROM metadata WHERE key = 'api_keys_version'`;

/** Lets nobody else change keys until the transaction ends: every change updates this row. */
export const lockKeys = Prisma.sql`
  UPDATE metadata SET value = value WHERE key = 'api_keys_version'`;

/** Deletes a key. */
export function deleteKey(id: string): Prisma.Sql {
  return Prisma.sql`DELETE FROM api_keys WHERE id = ${id}`;
}
