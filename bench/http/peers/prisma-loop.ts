// Prisma alone: one statement after the other, as the service's first repository had them, on a
// database opened as the service opens it. Prints what it took as JSON.
import { openDatabase, type PrismaClient } from '@product-api/database';
import { productId, sampleDescription } from '../catalog/product.js';
import { peerSettings } from './peer-settings.js';

type Statement = (client: PrismaClient, n: number) => Promise<unknown>;

/** How many of the statements are not counted, as the code is still being compiled. */
const warmUpPart = 0.25;

const statements: Readonly<Record<string, Statement>> = {
  read: (client, n) => client.product.findUnique({ where: { id: productId(n) } }),
  create: (client, n) => {
    const now = new Date();
    const id = crypto.randomUUID();
    const text = { name: `Created ${n}`, description: sampleDescription };
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
  throw new Error(`There is no statement ${name}`);
}

const database = await openDatabase({ url: `file:${peerSettings().databasePath}` });
const warmUp = Math.round(Number(count) * warmUpPart);
const start = Number(first);
for (let n = start; n < start + warmUp; n++) {
  await statement(database.client, n);
}
const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
for (let n = start + warmUp; n < start + Number(count); n++) {
  await statement(database.client, n);
}
const seconds = (performance.now() - startedAt) / 1000;
const cpu = process.cpuUsage(cpuBefore);
await database.close();
process.stdout.write(
  JSON.stringify({
    count: Number(count) - warmUp,
    seconds,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
  }),
);
