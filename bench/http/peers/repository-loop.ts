// The service's statements without HTTP: calls its built repositories again and again, and prints a
// round as JSON. Arguments: the function, the number of calls in flight together, optionally `with`
// to index the writes for the search in the time of the round or `without` to leave the search out,
// the number of the first product, the count, and the seconds of the round.
import { hash } from 'node:crypto';
import { createCache, createMemoryStore } from '@product-api/cache';
import { indexProducts, openDatabase } from '@product-api/database';
import { productId, SAMPLE_DESCRIPTION } from '../product.js';
import { callsOfArguments, measureCalls } from './measure-calls.js';
import { removeSearch } from './without-search.js';

/** What this program uses of the built `ProductRepository`. */
interface Repository {
  find(selector: { id: string }): Promise<unknown>;
  insert(id: string, product: object): Promise<unknown>;
  insertKeyed(id: string, product: object, origin: { keyed: object }): Promise<unknown>;
  update(selector: { id: string }, changes: object): Promise<unknown>;
  updateKeyed(id: string, changes: object, origin: { keyed: object }): Promise<unknown>;
  list(query: object, after: undefined): Promise<unknown>;
}

/** What this program uses of the built `StockService`. */
interface Stock {
  adjust(id: string, adjustment: object): Promise<unknown>;
}

const [name = '', together = '', search = ''] = process.argv.slice(2);
const database = await openDatabase({ url: process.env['DATABASE_URL'] ?? '' });
if (search === 'without') {
  await removeSearch(database);
}
const built = (file: string) =>
  import(new URL(`../../../../apps/api/dist/${file}`, import.meta.url).href);
const { ProductRepository } = await built('products/product-repository.js');
const repository: Repository = new ProductRepository(database, () => new Date());

const { StockRepository } = await built('stock/stock-repository.js');
const { StockService } = await built('stock/stock-service.js');
const { productCodec: codec } = await built('products/product-codec.js');
const stock: Stock = new StockService({
  repository: new StockRepository(database, () => new Date()),
  cache: createCache({ store: createMemoryStore(), codec, ttlSeconds: 60 }),
});

const created = { description: SAMPLE_DESCRIPTION, price: 29.99, stock_quantity: 100 };
const functions: Readonly<Record<string, (n: number) => Promise<unknown>>> = {
  read: (n) => repository.find({ id: productId(n) }),
  create: (n) => repository.insert(crypto.randomUUID(), { name: `Created ${n}`, ...created }),
  'create-keyed': (n) =>
    repository.insertKeyed(
      crypto.randomUUID(),
      { name: `Created ${n}`, ...created },
      { keyed: newKey(n) },
    ),
  rename: (n) => repository.update({ id: productId(n) }, { name: `Renamed ${n}` }),
  update: (n) => repository.update({ id: productId(n) }, { stock_quantity: n % 500 }),
  'update-keyed': (n) =>
    repository.updateKeyed(productId(n), { stock_quantity: n % 500 }, { keyed: newKey(n) }),
  adjust: () => stock.adjust(productId(0), { delta: 1 }),
  guard: () => database.client.$executeRaw`
    UPDATE products
    SET stock_quantity = stock_quantity + 1, version = version + 1, updated_at = ${Date.now()}
    WHERE id = ${productId(0)} AND stock_quantity + 1 >= 0`,
  page: () => repository.list({ limit: 20, sort: 'created' }, undefined),
};

/** Returns a request with a key of its own. */
function newKey(n: number): object {
  const fingerprint = hash('sha256', String(n), 'base64url');
  return { scope: '', key: crypto.randomUUID(), fingerprint, onReplay: () => undefined };
}

const call = functions[name];
if (call === undefined) {
  throw new Error(`Unknown function ${name}; use one of ${Object.keys(functions).join(', ')}`);
}
if (search === 'with') {
  // The first call prepares its statements, which would count in each short round.
  await indexProducts(database);
}
const round = await measureCalls(callsOfArguments(), async (next) => {
  for (let n = next(); n !== undefined; ) {
    const calls: Promise<unknown>[] = [];
    for (; n !== undefined && calls.length < Number(together); n = next()) {
      calls.push(call(n));
    }
    await Promise.all(calls);
  }
  if (search === 'with') {
    // The service does this at each poll.
    await indexProducts(database);
  }
});
await database.close();
process.stdout.write(JSON.stringify(round));
