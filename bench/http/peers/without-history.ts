import { readFile } from 'node:fs/promises';
import type { Database, Dialect } from '@product-api/database';

/** The migration that made the triggers of the change log from before the history. */
const migrations: Readonly<Record<Dialect, string>> = {
  sqlite: 'migrations/20261127130000_safe_versions',
  postgresql: 'postgresql/migrations/20261128000001_change_log',
};

/** What the history has replaced, and the patterns of what it was before. */
const triggers: Readonly<Record<Dialect, { drop: readonly string[]; earlier: readonly RegExp[] }>> =
  {
    sqlite: {
      drop: ['replace', 'create', 'update', 'delete'].map(
        (name) => `DROP TRIGGER products_log_${name}`,
      ),
      earlier: [/CREATE TRIGGER "products_log_\w+"[\s\S]*?\nEND;/g],
    },
    postgresql: {
      drop: ['create', 'update', 'delete'].map(
        (name) => `DROP FUNCTION products_log_${name} CASCADE`,
      ),
      earlier: [
        /CREATE FUNCTION products_log_\w+\(\)[\s\S]*?END \$\$;/g,
        /CREATE TRIGGER "products_log_\w+"[\s\S]*?;/g,
      ],
    },
  };

/** Takes the history out of the writes to a database, unless an earlier round has. */
export async function removeHistory({ client, dialect }: Database): Promise<void> {
  const isRemoved = await client.metadata.findUnique({ where: { key: 'without_history' } });
  if (isRemoved) {
    return;
  }
  const { drop, earlier } = triggers[dialect];
  const file = new URL(`../../../../prisma/${migrations[dialect]}/migration.sql`, import.meta.url);
  const text = await readFile(file, 'utf8');
  const statements = [
    ...drop,
    ...earlier.flatMap((pattern) => text.match(pattern) ?? []),
    'DROP INDEX product_changes_product_id_version_idx',
    'CREATE INDEX product_changes_product_id_idx ON product_changes (product_id)',
  ];
  for (const statement of statements) {
    await client.$executeRawUnsafe(statement);
  }
  await client.metadata.create({ data: { key: 'without_history', value: '' } });
}
