// Changes of stock without the service: an UPDATE of one row after the other, guarded against a
// quantity below zero, on the driver of SQLite alone; a round is printed as JSON. A piece is added,
// not taken, so that the stock never runs out. Arguments: the number of products, the number of the
// first call, the count, and the seconds of the round.
import Libsql from 'libsql';
import { productId } from '../product.js';
import { callsOfArguments, measureCalls } from './measure-calls.js';

const [products = ''] = process.argv.slice(2);
const database = new Libsql((process.env['DATABASE_URL'] ?? '').replace(/^file:/, ''));
const update = database.prepare(`
  UPDATE products SET stock_quantity = stock_quantity + 1, version = version + 1, updated_at = ?
  WHERE id = ? AND stock_quantity + 1 >= 0`);
const round = await measureCalls(callsOfArguments(), async (next) => {
  for (let n = next(); n !== undefined; n = next()) {
    update.run(Date.now(), productId(n % Number(products)));
  }
});
database.close();
process.stdout.write(JSON.stringify(round));
