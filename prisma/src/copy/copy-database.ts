import { createHash } from 'node:crypto';
import { dialectOf } from '../database-url.js';
import { CopyError } from '../errors/database-errors.js';
import { migrate } from '../migrate.js';
import { openDatabase } from '../open-database.js';
import { indexProducts } from '../search/index-products.js';
import { openCopySource, requireCopySource } from '../sqlite/copy-source.js';
import type { CopySource, CopyTarget, ProductRow } from './catalog-rows.js';

/** Options of `copyDatabase`. */
export interface CopyDatabaseOptions {
  /**
   * The `file:` URL of the catalog. Services may read it meanwhile; their writes wait, then fail.
   */
  readonly from: string;
  /** The URL of an empty PostgreSQL database. */
  readonly to: string;
  /** Called after each part. */
  readonly onProgress?: (progress: CopyProgress) => void;
}

/**
 * How much of a copy is done. A product counts when it is written and again when it is verified.
 */
export interface CopyProgress {
  readonly done: number;
  readonly total: number;
}

/** A completed copy. */
export interface DatabaseCopy {
  readonly products: number;
  /** The SHA-256 over all products, equal on both sides. */
  readonly checksum: string;
}

const ROWS_AT_ONCE = 1000;

/**
 * Copies a catalog from SQLite to PostgreSQL: its products with versions and times, its change log
 * with the histories of products, its stock ledgers, its API keys, and its id, so that a cache and
 * the cursors of the feed stay valid. Idempotency records stay behind: they live for hours.
 * Compares a checksum over all products at the end, and copies all or nothing. Then it indexes the
 * copy for the text search; if that is interrupted, the next start of a service goes on with it.
 *
 * @throws {CopyError} when the URLs are not of these kinds, the file does not exist, the target is
 *   not empty, or the checksums differ
 * @throws {DatabaseFileError} when the file cannot be used, for example because it is locked
 * @throws {DatabaseServerError} when the server cannot be used
 */
export async function copyDatabase({
  from,
  to,
  onProgress = ignore,
}: CopyDatabaseOptions): Promise<DatabaseCopy> {
  if (dialectOf(from) !== 'sqlite' || dialectOf(to) !== 'postgresql') {
    throw new CopyError('A catalog can be copied only from file:… to postgres://…');
  }
  requireCopySource(from);
  await migrate({ url: from });
  await migrate({ url: to });
  const copied = await copyInto(from, to, onProgress);
  const copy = await openDatabase({ url: to });
  try {
    await indexProducts(copy);
  } finally {
    await copy.close();
  }
  return copied;
}

async function copyInto(
  from: string,
  to: string,
  onProgress: (progress: CopyProgress) => void,
): Promise<DatabaseCopy> {
  const source = await openCopySource(from);
  try {
    // Loaded when it is used, see `openDatabase`.
    const { openCopyTarget } = await import('../postgresql/copy-target.js');
    const target = await openCopyTarget(to);
    try {
      return await copy(source, target, onProgress);
    } finally {
      await target.close();
    }
  } finally {
    source.release();
  }
}

async function copy(
  source: CopySource,
  target: CopyTarget,
  onProgress: (progress: CopyProgress) => void,
): Promise<DatabaseCopy> {
  const products = source.countProducts();
  let done = 0;
  const advance = (rows: readonly unknown[]) => {
    done += rows.length;
    onProgress({ done, total: 2 * products });
  };
  const original = await hashProducts(
    async (after) => source.readProducts(after, ROWS_AT_ONCE),
    async (rows) => {
      await target.writeProducts(rows);
      advance(rows);
    },
  );
  await copyByNumber(
    (after) => source.readChanges(after, ROWS_AT_ONCE),
    (rows) => target.writeChanges(rows),
  );
  await copyByNumber(
    (after) => source.readLedger(after, ROWS_AT_ONCE),
    (rows) => target.writeLedger(rows),
  );
  await target.writeApiKeys(source.readApiKeys());
  await target.writeMetadata(source.lastChange(), source.readMetadata());
  const checksum = await hashProducts(
    (after) => target.readProducts(after, ROWS_AT_ONCE),
    async (rows) => advance(rows),
  );
  if (checksum !== original) {
    throw new CopyError(
      `The checksums differ (${original} and ${checksum}): the copy was discarded, please report it`,
    );
  }
  await target.commit();
  return { products, checksum };
}

/** Hashes all products in the order of their ids, and passes each part on. */
async function hashProducts(
  read: (after: string) => Promise<readonly ProductRow[]>,
  use: (rows: readonly ProductRow[]) => Promise<void>,
): Promise<string> {
  const hash = createHash('sha256');
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await read(after);
    const last = rows.at(-1);
    if (last === undefined) {
      return hash.digest('hex');
    }
    for (const row of rows) {
      hash.update(`${JSON.stringify(row)}\n`);
    }
    await use(rows);
    after = last[0];
  }
}

/** Copies rows in the order of their numbers, which are their first values. */
async function copyByNumber<Row extends readonly [number, ...unknown[]]>(
  read: (after: number) => readonly Row[],
  write: (rows: readonly Row[]) => Promise<void>,
): Promise<void> {
  let after = 0;
  for (;;) {
    const rows = read(after);
    const last = rows.at(-1);
    if (last === undefined) {
      return;
    }
    await write(rows);
    after = last[0];
  }
}

function ignore(): void {}
