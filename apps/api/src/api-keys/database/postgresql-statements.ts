import { Prisma } from '@product-api/database';
import { scopeWords } from './api-key-row.js';
import type { ApiKeyStatements } from './api-key-statements.js';

/** The statements of PostgreSQL. */
export const postgresqlStatements: ApiKeyStatements = {
  selectAll: Prisma.sql`
    SELECT coalesce(
      json_agg(
        json_build_array(
          id, hash, name, scopes,
          (extract(epoch FROM created_at) * 1000)::bigint,
          (extract(epoch FROM expires_at) * 1000)::bigint
        )
      ),
      '[]'
    )::text AS keys
    FROM api_keys`,

  insert: ({ id, hash, name, scopes, createdAt, expiresAt }) => Prisma.sql`
    INSERT INTO api_keys (id, hash, name, scopes, created_at, expires_at)
    VALUES (
      ${id}, ${hash}, ${name}, ${scopeWords(scopes)}, ${timeOf(createdAt)}, ${timeOf(expiresAt)}
    )`,

  expire: ({ id, expiresAt }) => Prisma.sql`
    UPDATE api_keys SET expires_at = ${timeOf(expiresAt)} WHERE id = ${id}`,
};

function timeOf(time: Date | null): Prisma.Sql {
  return Prisma.sql`to_timestamp(${time?.getTime() ?? null}::float8 / 1000)`;
}
