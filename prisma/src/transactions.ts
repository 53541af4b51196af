import type {
  Transaction as DriverTransaction,
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
} from '@prisma/driver-adapter-utils';
import type { Transaction } from './database.js';
import type { Prisma } from './generated/sqlite/client.js';

/** Returns a factory for Prisma, which uses a connection that transactions use, too. */
export function sharing(connection: SqlDriverAdapter): SqlDriverAdapterFactory {
  return {
    provider: connection.provider,
    adapterName: connection.adapterName,
    connect: async () => connection,
  };
}

/**
 * Runs statements in one transaction on the connection that Prisma uses, without Prisma's own
 * interactive transactions: those cost more than the statements, and have time limits of their own.
 *
 * @param textOf returns the statement with the placeholders of the dialect
 */
export async function runTransaction<Result>(
  connection: SqlDriverAdapter,
  textOf: (statement: Prisma.Sql) => string,
  run: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const transaction = await connection.startTransaction();
  let result: Result;
  try {
    result = await run(statementsOf(transaction, textOf));
    await end(transaction, 'COMMIT');
  } catch (error) {
    await end(transaction, 'ROLLBACK').catch(() => undefined);
    await transaction.rollback().catch(() => undefined);
    throw error;
  }
  // It gives the connection to others also if it fails: a rollback would then be one of their
  // statements.
  await transaction.commit();
  return result;
}

/** Sends the end of a transaction, unless the driver sends it by itself. */
async function end(transaction: DriverTransaction, sql: string): Promise<void> {
  if (!transaction.options.usePhantomQuery) {
    await transaction.executeRaw({ sql, args: [], argTypes: [] });
  }
}

/** Returns the statements of a transaction, or those of a connection without one. */
export function statementsOf(
  transaction: Pick<DriverTransaction, 'queryRaw' | 'executeRaw'>,
  textOf: (statement: Prisma.Sql) => string,
): Transaction {
  const query = (statement: Prisma.Sql): SqlQuery => ({
    sql: textOf(statement),
    args: statement.values,
    argTypes: statement.values.map((value) => ({
      scalarType: 'unknown',
      arity: Array.isArray(value) ? 'list' : 'scalar',
    })),
  });
  return {
    $queryRaw: async <Rows>(statement: Prisma.Sql) => {
      const { columnNames, rows } = await transaction.queryRaw(query(statement));
      const objects = rows.map((row) =>
        Object.fromEntries(columnNames.map((name, index) => [name, row[index]])),
      );
      // The caller names the type of the rows, as for Prisma's `$queryRaw`.
      return objects as Rows;
    },
    $executeRaw: (statement) => transaction.executeRaw(query(statement)),
  };
}
