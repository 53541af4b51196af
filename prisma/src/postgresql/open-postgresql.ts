import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import type { Database, OpenDatabaseOptions } from '../database.js';
import { BusyDatabaseError } from '../errors/database-errors.js';
import { PrismaClient as PostgresqlClient } from '../generated/postgresql/client.js';
import type { PrismaClient } from '../generated/sqlite/client.js';
import { migrationNames } from '../migrations/migration-files.js';
import { requireKnownMigrations } from '../migrations/pending-migrations.js';
import { runTransaction, sharing, statementsOf } from '../transactions.js';
import { busyReason } from './busy-reason.js';
import { createPool } from './connection-pool.js';
import { ownPostgresqlMigrations, readMigrationTable } from './migrate-postgresql.js';
import { postgresqlChangeFeed } from './postgresql-change-feed.js';
import { postgresqlChangeLog } from './postgresql-change-log.js';
import { postgresqlFailure } from './postgresql-failure.js';
import { PROMPT_CONNECTIONS } from './prompt-connections.js';
import { retryConflicts } from './retry-conflicts.js';
import { retryingAdapter } from './retrying-adapter.js';
import { ServerCondition } from './server-condition.js';
import { serverPlace } from './server-place.js';
import { translateServerErrors } from './server-requirements.js';

/** Opens a database that `migrate` has prepared, with a pool of connections. */
export async function openPostgresql(options: OpenDatabaseOptions): Promise<Database> {
  const { url, busyTimeoutMs = 5000, poolSize = 8, onCondition = ignore } = options;
  const place = serverPlace(url);
  const pool = createPool({ url, timeoutMs: busyTimeoutMs }, poolSize);
  // A pool replaces an idle connection that was lost.
  pool.on('error', ignore);
  try {
    await translateServerErrors(place, () => checkDatabase(pool, place));
  } catch (error) {
    await pool.end();
    throw error;
  }
  const condition = new ServerCondition(place, onCondition);
  const promptPool = createPool({ url, timeoutMs: busyTimeoutMs }, PROMPT_CONNECTIONS);
  promptPool.on('error', ignore);
  const connect = (to: pg.Pool) =>
    retryingAdapter(new PrismaPg(to, { disposeExternalPool: true }), condition).connect();
  const adapter = await connect(pool);
  const prompt = statementsOf(await connect(promptPool), ({ text }) => text);
  // The clients have the same models, and differ in types that only their own filters use.
  const client = new PostgresqlClient({ adapter: sharing(adapter) }) as unknown as PrismaClient;
  const transaction: Database['transaction'] = (run) =>
    retryConflicts(() => runTransaction(adapter, ({ text }) => text, run));
  return {
    dialect: 'postgresql',
    connections: poolSize,
    client,
    transaction,
    slowTransaction: transaction,
    slowRead: (statement) => client.$queryRaw(statement),
    promptReads: prompt,
    changeLog: postgresqlChangeLog(prompt),
    changeFeed: postgresqlChangeFeed(statementsOf(adapter, ({ text }) => text)),
    failureOf: postgresqlFailure,
    busyReason: (error) => busyReason(place, error),
    check: () => check(client, condition, place),
    walBytes: () => undefined,
    close: async () => {
      await client.$disconnect();
      // Prisma ends the pool only if it has run a statement.
      for (const open of [pool, promptPool].filter(({ ending }) => !ending)) {
        await open.end();
      }
    },
  };
}

async function checkDatabase(pool: pg.Pool, place: string): Promise<void> {
  const known = await migrationNames(ownPostgresqlMigrations);
  requireKnownMigrations(await readMigrationTable(pool), known, place);
}

async function check(client: PrismaClient, condition: ServerCondition, place: string) {
  try {
    await client.$queryRaw`SELECT 1 FROM products LIMIT 1`;
  } catch (error) {
    condition.readableCondition();
    if (postgresqlFailure(error) === 'busy') {
      throw new BusyDatabaseError(busyReason(place, error), { cause: error });
    }
    throw error;
  }
  if (condition.readableCondition().state !== 'ok') {
    // A write that changes nothing shows whether writes work again; the condition records it.
    await client.$executeRaw`
      UPDATE metadata SET value = value WHERE key = 'database_id'`.catch(ignore);
  }
  return condition.readableCondition();
}

function ignore(): void {}
