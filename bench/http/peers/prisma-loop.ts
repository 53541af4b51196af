// Prisma alone: runs one statement after another, on a database opened as the service opens it, and
// prints a round as JSON. Arguments: the statement, the number of the first product, and the count.
import { openDatabase, type PrismaClient } from '@product-api/database';
import { productId, SAMPLE_DESCRIPTION } from '../product.js';

type Statement = (client: PrismaClient, n: number) => Promise<unknown>;

/** The share of the statements that do not count, because the code is still being compiled. */
const WARM_UP = 0.25;

const statements: Readonly<Record<string, Statement>> = {
  read: (client, n) => client.product.findUnique({ where: { id: productId(n) } }),
  create: (client, n) => {
    const now = new Date();
    const id = crypto.randomUUID();
    const text = { name: `Created ${n}`, description: SAMPLE_DESCRIPTION };
    const numbers = { priceUnits: 299_900n, stockQuantity: 100n };
    return client.product.create({
      data: { id, ...text, ...numbers, createdAt: now, updatedAt: now },
    });
  },
  update: (client, n) =>
    client.product.updateManyAndReturn({
      where: { id: productId(n) },
      data: { stockQuantity: 7n, version: { increment: 1 }, updatedAt: new Date() },
    }),
  delete: (client, n) => client.product.delete({ where: { id: productId(n) } }),
};

const [name = '', first = '', count = ''] = process.argv.slice(2);
const statement = statements[name];
if (statement === undefined) {
  throw new Error(`Unknown statement ${name}; use one of ${Object.keys(statements).join(', ')}`);
}
const database = await openDatabase({ url: process.env['DATABASE_URL'] ?? '' });
const start = Number(first);
const startOfMeasurement = start + Math.round(Number(count) * WARM_UP);
const end = start + Number(count);
for (let n = start; n < startOfMeasurement; n++) {
  await statement(database.client, n);
}
const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
for (let n = startOfMeasurement; n < end; n++) {
  await statement(database.client, n);
}
const seconds = (performance.now() - startedAt) / 1000;
const cpu = process.cpuUsage(cpuBefore);
await database.close();
const measured = end - startOfMeasurement;
const cpuMicros = (cpu.user + cpu.system) / measured;
process.stdout.write(JSON.stringify({ requestsPerSecond: measured / seconds, cpuMicros }));
