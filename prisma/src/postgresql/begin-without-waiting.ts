import pg from 'pg';

/** What the driver returns for `BEGIN`. */
const begun = { command: 'BEGIN', rowCount: 0, fields: [], rows: [] };

/**
 * Makes `BEGIN` return before the server has replied, so that the first statement of a transaction
 * is sent together with it: one round trip less. The connection must pipeline its statements.
 */
export function beginWithoutWaiting(client: pg.ClientBase): void {
  const query = client.query;
  const send = (...args: unknown[]): unknown => Reflect.apply(query, client, args);
  Object.assign(client, {
    query(...args: unknown[]) {
      // The pool passes a callback when it runs a statement outside a transaction.
      if (!isBegin(args[0]) || typeof args.at(-1) === 'function') {
        return send(...args);
      }
      // A BEGIN fails only together with its connection, so the first statement fails, too. To be
      // sure that no later one runs outside a transaction, the connection is ended.
      Promise.resolve(send('BEGIN')).catch(() => endClient(client));
      return Promise.resolve(begun);
    },
  });
}

function isBegin(query: unknown): boolean {
  return typeof query === 'object' && query !== null && 'text' in query && query.text === 'BEGIN';
}

function endClient(client: pg.ClientBase): void {
  if (client instanceof pg.Client) {
    client.end().catch(() => undefined);
  }
}
