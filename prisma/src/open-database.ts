import { type ChangeLog, openChangeLog } from './change-log.js';
import { databaseFileInFolder } from './database-file.js';
import { DurabilityError } from './durability-error.js';
import { Prisma, PrismaClient } from './generated/client.js';
import { ReconnectingAdapter } from './reconnecting-adapter.js';
import { waitingAdapter } from './waiting-adapter.js';

/** Where the database is, and how long to wait for it. */
export interface DatabaseOptions {
  /** A `file:` URL; a relative path is relative to the working directory. */
  readonly url: string;
  /**
   * How long a statement waits, in milliseconds, while another process writes; see `isBusyError` for
   * what comes after. The event loop goes on meanwhile. Default: 5000.
   */
  readonly busyTimeoutMs?: number;
}

/** An open catalog database. */
export interface Database {
  /**
   * Prisma's client. Prefer single statements to interactive transactions: those hold up every other
   * statement of the process and cost a new connection each.
   */
  readonly client: PrismaClient;
  /** All changes of products, in their order, by whomever they were made. */
  readonly changeLog: ChangeLog;
  /** Asks the database for nothing; rejects when it does not answer. */
  ping(): Promise<void>;
  /** Merges the write-ahead log into the file, unless another process is reading, and closes it. */
  close(): Promise<void>;
}

/**
 * Opens a database that `migrate` has prepared, after checking that what it acknowledges survives a
 * loss of power: a write-ahead log, synced with every commit.
 *
 * @throws {DatabaseUrlError} for another URL than that of a file
 * @throws {DurabilityError} where the file or its disk does not keep that promise
 */
export async function openDatabase({
  url,
  busyTimeoutMs = 5000,
}: DatabaseOptions): Promise<Database> {
  await databaseFileInFolder(url);
  // Times are stored as integers: half the size of text, and they sort as numbers.
  const adapter = new ReconnectingAdapter({ url, timeout: 0 }, { timestampFormat: 'unixepoch-ms' });
  const client = new PrismaClient({
    adapter: waitingAdapter(adapter, busyTimeoutMs),
    // A transaction waits for the lock as it begins, which Prisma's own limit must not cut short.
    transactionOptions: { maxWait: busyTimeoutMs + 1000 },
  });
  try {
    await requireDurability(client);
  } catch (error) {
    await client.$disconnect();
    throw error;
  }
  return {
    client,
    changeLog: openChangeLog(client),
    ping: async () => {
      await client.$queryRaw`SELECT 1`;
    },
    close: () => mergeAndDisconnect(client),
  };
}

/** SQLite merges at the last close, but the driver leaves that to the garbage collector. */
async function mergeAndDisconnect(client: PrismaClient): Promise<void> {
  try {
    await client.$queryRaw`PRAGMA wal_checkpoint(TRUNCATE)`;
  } finally {
    await client.$disconnect();
  }
}

/** libSQL is compiled with `synchronous = FULL`, so that every later connection has it as well. */
async function requireDurability(client: PrismaClient): Promise<void> {
  await requirePragma(client, 'journal_mode', 'wal');
  await requirePragma(client, 'synchronous', 2);
}

async function requirePragma(client: PrismaClient, pragma: string, needed: string | number) {
  const rows = await client.$queryRaw<Record<string, unknown>[]>(Prisma.raw(`PRAGMA ${pragma}`));
  const value = rows[0]?.[pragma];
  if (String(value) !== String(needed)) throw new DurabilityError(pragma, value, needed);
}
