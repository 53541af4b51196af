import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The differences between the schemas; each pattern must match.
 *
 * @type {readonly (readonly [RegExp, string])[]}
 */
const replacements = [
  [/provider = "sqlite"/, 'provider = "postgresql"'],
  [/"\.\/src\/generated\/sqlite"/, '"../src/generated/postgresql"'],
  [/^( +id +String +@id)$/m, '$1 @db.Uuid'],
  [/^( +productId +String .*)$/gm, '$1 @db.Uuid'],
  [
    /^ +seq +Int +@id @default\(autoincrement\(\)\)$/m,
    '  seq       BigInt?  @unique\n  id        BigInt   @id @default(autoincrement())',
  ],
  [/^( +number +)Int( +@id @default\(autoincrement\(\)\))$/gm, '$1BigInt$2'],
  [
    /^( +number +BigInt +@id @default\(autoincrement\(\)\))$(?=\n +\/\/\/ Null once)/m,
    '$1\n  version BigInt?\n  words Unsupported("tsvector")?',
  ],
  [/^( +lineNumber +)Int +@id (.*)$/m, '$1BigInt $2'],
  // The only index: with another one by the number, the planner might search a product's last line
  // among the lines of all products.
  [/^ +@@index\(\[productId, lineNumber\]\)$/m, '  @@id([productId, lineNumber])'],
  [/^( +productId +String\? )(.*)$/m, '$1@unique $2 @db.Uuid'],
  [/^ +\/\/\/ .*only in SQLite\.\n +searchNumber .*\n/m, ''],
  [/^( +(?:name|description)Words +)String\?( .*)$/gm, '$1Unsupported("tsvector")?$2'],
  [
    /^ +@@map\("product_search_entries"\)$/m,
    '  @@index([words], type: Gin)\n  @@map("product_search_entries")',
  ],
  [/^( +\w+ +DateTime\b.*)$/gm, '$1 @db.Timestamptz(3)'],
];

/**
 * Derives the schema for PostgreSQL from schema.prisma, which is the only source: the same models,
 * with types that SQLite does not have.
 *
 * @param {string} schema the text of schema.prisma
 * @returns {string}
 * @throws {Error} when schema.prisma has changed so that a replacement does not match any more
 */
export function derivePostgresql(schema) {
  return replacements.reduce((text, [pattern, replacement]) => {
    if (text.search(pattern) < 0) {
      throw new Error(
        `schema.prisma has no line like ${pattern}: adapt tools/derive-postgresql.js`,
      );
    }
    return text.replace(pattern, replacement);
  }, schema);
}

/**
 * Writes postgresql/schema.prisma.
 *
 * @param {string} packageFolder the folder with schema.prisma
 */
export async function writePostgresqlSchema(packageFolder) {
  const schema = await readFile(join(packageFolder, 'schema.prisma'), 'utf8');
  await mkdir(join(packageFolder, 'postgresql'), { recursive: true });
  await writeFile(join(packageFolder, 'postgresql', 'schema.prisma'), derivePostgresql(schema));
}
