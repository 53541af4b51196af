import { DatabaseUrlError, dialectOf } from '@product-api/database';
import { z } from 'zod';

/** Checks the URL of a supported database. The message never shows the URL, which may hold a password. */
export const databaseUrl = z
  .string()
  .refine(
    isDatabaseUrl,
    'should be file: and the path of a SQLite file, such as file:./data/catalog.db, or ' +
      'postgres://user:password@host/database, with each of / ? # @ % percent-encoded in user ' +
      'and password',
  );

function isDatabaseUrl(text: string): boolean {
  try {
    dialectOf(text);
    return true;
  } catch (error) {
    if (error instanceof DatabaseUrlError) {
      return false;
    }
    throw error;
  }
}
