import { PrismaLibSql } from '@prisma/adapter-libsql';
import type { DatabaseMonitor } from '../condition/database-monitor.js';
import { sqliteFailure } from '../sqlite-failure.js';

type Config = ConstructorParameters<typeof PrismaLibSql>[0];
type Options = ConstructorParameters<typeof PrismaLibSql>[1];
type Client = ReturnType<PrismaLibSql['createClient']>;

/**
 * Prisma's libSQL adapter with four corrections, for a database that other processes write too and
 * whose files may be lost.
 *
 * - A connection on which a statement failed is replaced, unless a constraint refused a row. After
 *   a busy failure the driver leaves the statement in progress until it is garbage collected, and
 *   until then every later write on the connection reports success but is not committed:
 *   https://github.com/tursodatabase/libsql-client-ts/issues/352. A connection that was opened on a
 *   read-only file stays read-only.
 * - A transaction takes the write lock when it begins, so that it can only wait there: SQLite
 *   cannot give the lock to a transaction that has read data which another process has changed
 *   since.
 * - A transaction runs on the connection of all statements; they wait meanwhile in the adapter.
 *   The driver would open another one for them, and leave closing it to the garbage collector.
 * - No statement succeeds on files that have lost their names.
 */
export class ReconnectingAdapter extends PrismaLibSql {
  readonly #monitor: DatabaseMonitor;

  constructor(config: Config, options: Options, monitor: DatabaseMonitor) {
    super(config, options);
    this.#monitor = monitor;
  }

  override createClient(config: Parameters<PrismaLibSql['createClient']>[0]): Client {
    const client = super.createClient(config);
    const execute: Client['execute'] = client.execute.bind(client);
    const guard = new ConnectionGuard(this.#monitor, async () => client.reconnect());
    return Object.assign(client, {
      execute: (statement: InStatement) => guard.runAlone(() => execute(statement)),
      transaction: async () => {
        await guard.runAlone(() => execute('BEGIN IMMEDIATE'));
        return guardedTransaction(guard, execute);
      },
    });
  }
}

type InStatement = Parameters<Client['execute']>[0];

/**
 * Returns the rest of a transaction that has begun. After a failed statement it can only be rolled
 * back, as on PostgreSQL.
 */
function guardedTransaction(guard: ConnectionGuard, execute: Client['execute']) {
  let failure: { readonly error: unknown } | undefined;
  const run = async (statement: InStatement) => {
    if (failure) {
      throw failure.error;
    }
    try {
      return await guard.run(() => execute(statement));
    } catch (error) {
      failure = { error };
      throw error;
    }
  };
  return {
    execute: run,
    commit: async () => {
      try {
        await run('COMMIT');
      } catch (error) {
        // The next statement on the connection must not be part of this transaction.
        await execute('ROLLBACK').catch(() => undefined);
        throw error;
      }
    },
    rollback: async () => {
      await execute('ROLLBACK');
    },
  };
}

/** Decides when the connection of the statements must be replaced. */
class ConnectionGuard {
  readonly #monitor: DatabaseMonitor;
  readonly #reconnect: () => Promise<void>;
  #mustReconnect = false;
  #recoveries: number;

  constructor(monitor: DatabaseMonitor, reconnect: () => Promise<void>) {
    this.#monitor = monitor;
    this.#reconnect = reconnect;
    this.#recoveries = monitor.recoveries;
  }

  /** Runs a statement outside of a transaction, and first replaces the connection if it must. */
  async runAlone<T>(attempt: () => Promise<T>): Promise<T> {
    this.#monitor.readableCondition();
    if (this.#mustReconnect || this.#recoveries !== this.#monitor.recoveries) {
      await this.#replaceConnection();
    }
    try {
      return await this.run(attempt);
    } catch (error) {
      if (sqliteFailure(error) === 'busy') {
        await this.#replaceConnection();
      }
      throw error;
    }
  }

  /** Runs a statement on the connection as it is. */
  async run<T>(attempt: () => Promise<T>): Promise<T> {
    try {
      const result = await attempt();
      this.#monitor.checkFiles();
      return result;
    } catch (error) {
      const failure = sqliteFailure(error);
      this.#monitor.recordFailure(error);
      this.#mustReconnect = failure !== undefined && failure !== 'constraint';
      this.#monitor.checkFiles();
      throw error;
    }
  }

  async #replaceConnection(): Promise<void> {
    // When the file is lost, its name may lead to another file, which must not be opened.
    this.#monitor.checkFiles();
    await this.#reconnect();
    this.#mustReconnect = false;
    this.#recoveries = this.#monitor.recoveries;
  }
}
