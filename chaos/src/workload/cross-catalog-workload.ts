import type { SeededRandom } from '@product-api/testing';
import type { Operation } from '../history/operation.js';
import { startArrivals } from './arrivals.js';
import { createProduct, readProduct, type Server } from './product-requests.js';
import type { Workload } from './product-workload.js';

/** Products that are created in each catalog. */
const CREATES_PER_SECOND = 8;

/** How many times each product is read from each catalog after its creation. */
const ROUNDS = 3;

/** The maximum number of products of each catalog that are created and read at a time. */
const MAX_IN_FLIGHT = 20;

/**
 * Creates products in each catalog, and reads each product from all catalogs in turn. So each
 * catalog reads a key just after the other one has stored the product, or its absence, under the
 * same key.
 */
export function startCrossCatalogWorkload(
  servers: readonly Server[],
  random: SeededRandom,
  record: (operation: Operation) => void,
): Pick<Workload, 'stop'> {
  let lastValue = 0;
  async function createAndRead(creator: Server) {
    lastValue += 1;
    const write = await createProduct(creator, lastValue);
    record(write);
    if (write.id === undefined) {
      return;
    }
    const others = servers.filter((server) => server !== creator);
    for (let round = 0; round < ROUNDS; round++) {
      for (const server of [...others, creator]) {
        record(await readProduct(server, write.id));
      }
    }
  }
  const arrivals = servers.map((server) =>
    startArrivals({
      perSecond: CREATES_PER_SECOND,
      maxInFlight: MAX_IN_FLIGHT,
      random,
      request: () => createAndRead(server),
    }),
  );
  return {
    async stop() {
      await Promise.all(arrivals.map((each) => each.stop()));
    },
  };
}
