import { setTimeout as delay } from 'node:timers/promises';
import { type Database, Prisma } from '@product-api/database';
import type { SeededRandom } from '@product-api/testing';
import { startArrivals } from './arrivals.js';
import { createProduct, deleteProduct, type Server, updateProduct } from './product-requests.js';
import type { Workload } from './product-workload.js';

/** Writes to each process. */
const WRITES_PER_SECOND = 12;

/** Statements by hand. */
const STATEMENTS_PER_SECOND = 4;

const MAX_IN_FLIGHT = 20;

/** Options of the workload. */
export interface FeedWorkloadOptions {
  readonly servers: readonly Server[];
  readonly database: Database;
  readonly random: SeededRandom;
}

/** Starts writers on every process, and somebody who writes SQL. */
export function startFeedWorkload({
  servers,
  database,
  random,
}: FeedWorkloadOptions): Pick<Workload, 'stop'> {
  const ids = new Set<string>();

  async function writeTo(server: Server): Promise<void> {
    const [id] = random.chance(0.6) ? ids : [];
    if (id === undefined) {
      const write = await createProduct(server, random.below(1000));
      if (write.id !== undefined) {
        ids.add(write.id);
      }
      return;
    }
    // The next write gets another product.
    ids.delete(id);
    if (random.chance(0.3)) {
      await deleteProduct(server, id);
    } else {
      await updateProduct(server, id, random.below(1000));
      ids.add(id);
    }
  }

  const arrivals = [
    ...servers.map((server) =>
      startArrivals({
        perSecond: WRITES_PER_SECOND,
        maxInFlight: MAX_IN_FLIGHT,
        random,
        request: () => writeTo(server),
      }),
    ),
    startArrivals({
      perSecond: STATEMENTS_PER_SECOND,
      maxInFlight: 3,
      random,
      request: () => writeByHand(database, random),
    }),
  ];
  return {
    async stop() {
      await Promise.all(arrivals.map((each) => each.stop()));
    },
  };
}

/**
 * Changes some products by SQL, and deletes one. On PostgreSQL the transaction stays open between
 * its statements, so that others begin later and commit earlier.
 */
async function writeByHand(database: Database, random: SeededRandom): Promise<void> {
  const some = (count: number) => Prisma.sql`
    (SELECT id FROM products ORDER BY id LIMIT ${count} OFFSET ${random.below(20)})`;
  const write = database.transaction(async (transaction) => {
    await transaction.$executeRaw(Prisma.sql`
      UPDATE products SET stock_quantity = stock_quantity + 1000 WHERE id IN ${some(5)}`);
    if (database.dialect === 'postgresql') {
      await delay(random.between(0, 300));
    }
    await transaction.$executeRaw(Prisma.sql`DELETE FROM products WHERE id IN ${some(1)}`);
  });
  await write.catch((error) => {
    if (database.failureOf(error) === undefined) {
      throw error;
    }
  });
}
