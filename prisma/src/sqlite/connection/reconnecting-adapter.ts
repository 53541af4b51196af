import { PrismaLibSql } from '@prisma/adapter-libsql';
import type { DatabaseMonitor } from '../condition/database-monitor.js';
import { sqliteFailure } from '../sqlite-failure.js';

type Config = ConstructorParameters<typeof PrismaLibSql>[0];
type Options = ConstructorParameters<typeof PrismaLibSql>[1];
type Client = ReturnType<PrismaLibSql['createClient']>;

/**
 * Prisma's libSQL adapter with three corrections, for a database that other processes write too and
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
    const begin = client.transaction.bind(client);
    const guarded = guardedBy(this.#monitor, async () => client.reconnect());
    return Object.assign(client, {
      execute: (statement: Parameters<typeof execute>[0]) => guarded(() => execute(statement)),
      transaction: async () => {
        const transaction = await guarded(() => begin('write'));
        const commit = transaction.commit.bind(transaction);
        return Object.assign(transaction, {
          commit: async () => {
            await commit();
            this.#monitor.checkFiles();
          },
        });
      },
    });
  }
}

/** Returns a function that runs an attempt, after replacing the connection where that is due. */
function guardedBy(monitor: DatabaseMonitor, reconnect: () => Promise<void>) {
  let mustReconnect = false;
  let recoveries = monitor.recoveries;

  const replaceConnection = async () => {
    // When the file is lost, its name may lead to another file, which must not be opened.
    monitor.checkFiles();
    await reconnect();
    mustReconnect = false;
    recoveries = monitor.recoveries;
  };

  return async <T>(attempt: () => Promise<T>): Promise<T> => {
    monitor.readableCondition();
    if (mustReconnect || recoveries !== monitor.recoveries) {
      await replaceConnection();
    }
    try {
      const result = await attempt();
      monitor.checkFiles();
      return result;
    } catch (error) {
      const failure = sqliteFailure(error);
      monitor.recordFailure(error);
      monitor.checkFiles();
      mustReconnect = failure !== undefined && failure !== 'constraint';
      if (failure === 'busy') {
        await replaceConnection();
      }
      throw error;
    }
  };
}
