// The thread of `SlowWriter`. It is JavaScript so that it also runs from the sources: Node loads no
// TypeScript into a thread.

import { parentPort, workerData } from 'node:worker_threads';
import Libsql from 'libsql';

/** @typedef {'begin' | 'query' | 'execute' | 'commit' | 'rollback' | 'close'} Kind */
/** @typedef {{ readonly sql: string, readonly values: readonly unknown[] }} Statement */
/** @typedef {{ readonly id: number, readonly kind: Kind } & Statement} Order */

const transactionStatements = { begin: 'BEGIN IMMEDIATE', commit: 'COMMIT', rollback: 'ROLLBACK' };

/** @type {Libsql.Database | undefined} */
let connection;

/**
 * Why the transaction has failed. Its statements that were sent before this was known fail, too.
 *
 * @type {object | undefined}
 */
let failure;

parentPort?.on('message', (/** @type {Order} */ order) => {
  const { id, kind } = order;
  if (kind === 'close') {
    close();
    parentPort?.close();
    return;
  }
  if (kind === 'begin') {
    failure = undefined;
  }
  if (failure) {
    parentPort?.postMessage({ id, failure });
    return;
  }
  try {
    parentPort?.postMessage({ id, result: run(order) });
  } catch (error) {
    close();
    // An error loses its properties on the way.
    const { message, rawCode } = /** @type {Error & { rawCode?: number }} */ (error);
    failure = { message, rawCode };
    parentPort?.postMessage({ id, failure });
  }
});

/**
 * @param {Order} order
 * @returns {unknown} the rows of a query, the number of changed rows, or nothing
 */
function run({ kind, sql, values }) {
  connection ??= new Libsql(workerData.file, { timeout: workerData.busyTimeoutMs });
  switch (kind) {
    case 'query':
      return connection.prepare(sql).all(...values);
    case 'execute':
      return connection.prepare(sql).run(...values).changes;
    case 'begin':
    case 'commit':
    case 'rollback':
      connection.exec(transactionStatements[kind]);
      return undefined;
    default:
      throw new TypeError(`The thread does not know ${kind}`);
  }
}

/** Rolls back, and closes the connection: the driver may keep a statement in progress on it. */
function close() {
  try {
    // The driver closes the connection itself only when its statements are garbage collected.
    connection?.exec('ROLLBACK');
  } catch {
    // There is no transaction.
  }
  connection?.close();
  connection = undefined;
}
