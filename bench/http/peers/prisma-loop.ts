// Prisma alone: calls one function again and again, on a database opened as the service opens it,
// and prints a round as JSON. Arguments: the function, the number of the first product, the count,
// and the seconds of the round.
import { openDatabase } from '@product-api/database';
import { productId, SAMPLE_DESCRIPTION } from '../product.js';
import { callsOfArguments, measureCalls } from './measure-calls.js';

const [name = ''] = process.argv.slice(2);
const database = await openDatabase({ url: process.env['DATABASE_URL'] ?? '' });
const { product } = database.client;

const functions: Readonly<Record<string, (n: number) => Promise<unknown>>> = {
  findUnique: (n) => product.findUnique({ where: { id: productId(n) } }),
  create: (n) => {
    const text = { id: crypto.randomUUID(), name: `Created ${n}`, description: SAMPLE_DESCRIPTION };
    const [createdAt, updatedAt] = [new Date(), new Date()];
    const numbers = { priceUnits: 299_900n, stockQuantity: 100n };
    return product.create({ data: { ...text, ...numbers, createdAt, updatedAt } });
  },
  updateManyAndReturn: (n) =>
    product.updateManyAndReturn({
      where: { id: productId(n) },
      data: { stockQuantity: 7n, version: { increment: 1 }, updatedAt: new Date() },
    }),
  delete: (n) => product.delete({ where: { id: productId(n) } }),
};

const call = functions[name];
if (call === undefined) {
  throw new Error(`Unknown function ${name}; use one of ${Object.keys(functions).join(', ')}`);
}
const round = await measureCalls(callsOfArguments(), async (next) => {
  for (let n = next(); n !== undefined; n = next()) {
    await call(n);
  }
});
await database.close();
process.stdout.write(JSON.stringify(round));
