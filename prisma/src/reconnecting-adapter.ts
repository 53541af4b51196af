import { PrismaLibSql } from '@prisma/adapter-libsql';
import { isBusyError } from './busy-error.js';

type Client = ReturnType<PrismaLibSql['createClient']>;

/**
 * Prisma's libSQL adapter with two corrections for a database that other processes write too.
 *
 * - A connection on which a statement failed as busy is replaced. The driver leaves that statement
 *   in progress until it is garbage collected, and until then every later write on the connection
 *   reports success but is not committed: https://github.com/tursodatabase/libsql-client-ts/issues/352
 * - A transaction takes the write lock when it begins, so that it waits there or nowhere: SQLite
 *   cannot give it to a transaction that has read what another process has changed since.
 */
export class ReconnectingAdapter extends PrismaLibSql {
  override createClient(config: Parameters<PrismaLibSql['createClient']>[0]): Client {
    const client = super.createClient(config);
    const execute: Client['execute'] = client.execute.bind(client);
    const transaction = client.transaction.bind(client);
    return Object.assign(client, {
      execute: (statement: Parameters<typeof execute>[0]) =>
        reconnectWhereBusy(client, () => execute(statement)),
      transaction: () => reconnectWhereBusy(client, () => transaction('write')),
    });
  }
}

async function reconnectWhereBusy<T>(client: Client, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (isBusyError(error)) await client.reconnect();
    throw error;
  }
}
