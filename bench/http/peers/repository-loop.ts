// The service's statements without HTTP: calls its built repository again and again, and prints a
// round as JSON. Arguments: the function, the number of calls in flight together, optionally
// `without` to leave the search out of the writes, the number of the first product, the count, and
// the seconds of the round.
import { openDatabase } from '@product-api/database';
import { productId, SAMPLE_DESCRIPTION } from '../product.js';
import { callsOfArguments, measureCalls } from './measure-calls.js';
import { removeSearch } from './without-search.js';

/** What this program uses of the built `ProductRepository`. */
interface Repository {
  find(selector: { id: string }): Promise<unknown>;
  insert(id: string, product: object): Promise<unknown>;
  update(selector: { id: string }, changes: object): Promise<unknown>;
  list(query: object, after: undefined): Promise<unknown>;
}

const [name = '', together = '', search = ''] = process.argv.slice(2);
const database = await openDatabase({ url: process.env['DATABASE_URL'] ?? '' });
if (search === 'without') {
  await removeSearch(database);
}
const built = new URL('../../../../apps/api/dist/products/product-repository.js', import.meta.url);
const { ProductRepository } = await import(built.href);
const repository: Repository = new ProductRepository(database, () => new Date());

const created = { description: SAMPLE_DESCRIPTION, price: 29.99, stock_quantity: 100 };
const functions: Readonly<Record<string, (n: number) => Promise<unknown>>> = {
  read: (n) => repository.find({ id: productId(n) }),
  create: (n) => repository.insert(crypto.randomUUID(), { name: `Created ${n}`, ...created }),
  rename: (n) => repository.update({ id: productId(n) }, { name: `Renamed ${n}` }),
  update: (n) => repository.update({ id: productId(n) }, { stock_quantity: n % 500 }),
  page: () => repository.list({ limit: 20, sort: 'created' }, undefined),
};

const call = functions[name];
if (call === undefined) {
  throw new Error(`Unknown function ${name}; use one of ${Object.keys(functions).join(', ')}`);
}
const round = await measureCalls(callsOfArguments(), async (next) => {
  for (let n = next(); n !== undefined; ) {
    const calls: Promise<unknown>[] = [];
    for (; n !== undefined && calls.length < Number(together); n = next()) {
      calls.push(call(n));
    }
    await Promise.all(calls);
  }
});
await database.close();
process.stdout.write(JSON.stringify(round));
