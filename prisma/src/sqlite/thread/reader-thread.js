// The thread of `SlowReader`. It is JavaScript so that it also runs from the sources: Node loads no
// TypeScript into a thread.

import { parentPort, workerData } from 'node:worker_threads';
import Libsql from 'libsql';

/** @typedef {{ readonly id: number, readonly sql: string, readonly values: unknown[] }} Read */
/** @typedef {{ readonly kind: 'close' }} Close */

/** @type {Libsql.Database | undefined} */
let connection;

parentPort?.on('message', (/** @type {Read | Close} */ order) => {
  if ('kind' in order) {
    connection?.close();
    parentPort?.close();
    return;
  }
  const { id, sql, values } = order;
  try {
    connection ??= new Libsql(workerData.file, { readonly: true });
    parentPort?.postMessage({ id, result: connection.prepare(sql).all(...values) });
  } catch (error) {
    // After a failure the driver may keep the statement in progress, and an old snapshot with it.
    connection?.close();
    connection = undefined;
    // An error loses its properties on the way.
    const { message, rawCode } = /** @type {Error & { rawCode?: number }} */ (error);
    parentPort?.postMessage({ id, failure: { message, rawCode } });
  }
});
