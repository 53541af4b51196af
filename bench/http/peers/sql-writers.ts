// Other programs than the service that write to PostgreSQL: clients update one row after the other,
// and a round is printed as JSON. Arguments: what happens to the change log, the number of clients,
// the number of the first product, the count, and the seconds of the round.
//
// `numbered`    it is read, and so numbered, as often as the service polls it
// `unnumbered`  it is written, and nobody reads it
// `none`        it is not written
import { openDatabase } from '@product-api/database';
import pg from 'pg';
import { productId } from '../product.js';
import { callsOfArguments, measureCalls } from './measure-calls.js';

const POLL_MS = 250;

const UPDATE = {
  name: 'update',
  text: 'UPDATE products SET stock_quantity = $1 WHERE id = $2',
};

const [log = '', clientCount = ''] = process.argv.slice(2);
const url = process.env['DATABASE_URL'] ?? '';
const database = await openDatabase({ url });
if (log === 'none') {
  await database.client.$executeRaw`ALTER TABLE products DISABLE TRIGGER products_log_update`;
}
const clients = Array.from({ length: Number(clientCount) }, () => {
  return new pg.Client({ connectionString: url });
});
await Promise.all(clients.map((client) => client.connect()));

let { seq: readUpTo } = await database.changeLog.head();
let reading = Promise.resolve();
const polls = setInterval(() => {
  reading = log === 'numbered' ? reading.then(readLog) : reading;
}, POLL_MS);
const round = await measureCalls(callsOfArguments(), async (next) => {
  const updateRows = async (client: pg.Client) => {
    for (let n = next(); n !== undefined; n = next()) {
      await client.query({ ...UPDATE, values: [n % 500, productId(n)] });
    }
  };
  await Promise.all(clients.map(updateRows));
});
clearInterval(polls);
await reading;
await Promise.all(clients.map((client) => client.end()));
await database.close();
process.stdout.write(JSON.stringify(round));

/** Numbers the new entries and reads them, as the service does. */
async function readLog(): Promise<void> {
  const { seq } = await database.changeLog.head();
  await database.changeLog.read(readUpTo, seq - readUpTo);
  readUpTo = seq;
}
