// A page by the driver alone: one prepared statement of libSQL, JSON.stringify, node:http.
import { createServer } from 'node:http';
import Libsql from 'libsql';
import { answerJson } from './answer-json.js';
import { peerSettings } from './peer-settings.js';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly price_units: number;
  readonly stock_quantity: number;
  readonly created_at: number;
}

const { port, databasePath } = peerSettings();
const statement = new Libsql(databasePath).prepare(`
  SELECT id, name, description, price_units, stock_quantity, created_at
  FROM products ORDER BY created_at, id LIMIT ?`);

createServer((request, response) => {
  const limit = Number(new URL(request.url ?? '', 'http://localhost').searchParams.get('limit'));
  // The statement above names the members of a row and selects nothing else.
  const rows = statement.all(limit + 1) as Row[];
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  answerJson(
    response,
    JSON.stringify({ items: rows.slice(0, limit).map(toProduct), next_cursor: cursor(last) }),
  );
}).listen(port, '127.0.0.1');

function toProduct({ id, name, description, price_units, stock_quantity }: Row) {
  return { id, name, description, price: price_units / 10_000, stock_quantity };
}

function cursor(last: Row | undefined): string | null {
  if (last === undefined) {
    return null;
  }
  return Buffer.from(JSON.stringify(['created', last.created_at, last.id])).toString('base64url');
}
