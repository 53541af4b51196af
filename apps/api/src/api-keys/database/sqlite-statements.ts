import { Prisma } from '@product-api/database';
import { scopeWords } from './api-key-row.js';
import type { ApiKeyStatements } from './api-key-statements.js';

/** The statements of SQLite, which stores times as milliseconds. */
export const sqliteStatements: ApiKeyStatements = {
  selectAll: Prisma.sql`
    SELECT json_group_array(json_array(id, hash, name, scopes, created_at, expires_at)) AS keys
    FROM api_keys`,

  insert: ({ id, hash, name, scopes, createdAt, expiresAt }) => Prisma.sql`
    INSERT INTO api_keys (id, hash, name, scopes, created_at, expires_at)
    VALUES (
      ${id}, ${hash}, ${name}, ${scopeWords(scopes)}, ${createdAt.getTime()},
      ${expiresAt?.getTime() ?? null}
    )`,

  expire: ({ id, expiresAt }) => Prisma.sql`
    UPDATE api_keys SET expires_at = ${expiresAt?.getTime() ?? null} WHERE id = ${id}`,
};
