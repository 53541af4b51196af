import { resolve } from 'node:path';
import { DatabaseUrlError, databaseFile } from '@product-api/database';
import { z } from 'zod';

/**
 * Parses the URL of a SQLite file, and makes its path absolute, so that every message names the
 * file in full. The message of a fault never shows the URL, which may hold a password.
 */
export const databaseUrl = z
  .string()
  .refine(
    isDatabaseUrl,
    'should be file: and the path of a SQLite file, such as file:./data/catalog.db',
  )
  .transform(withAbsolutePath);

function isDatabaseUrl(text: string): boolean {
  try {
    databaseFile(text);
    return true;
  } catch (error) {
    if (error instanceof DatabaseUrlError) {
      return false;
    }
    throw error;
  }
}

function withAbsolutePath(url: string): string {
  const path = resolve(databaseFile(url));
  return `file:${path.replace(/[%?#]/g, encodeURIComponent)}`;
}
