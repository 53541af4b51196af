import type { SeededRandom } from '@product-api/testing';
import type { Operation } from '../history/operation.js';
import { startArrivals } from './arrivals.js';
import { createProduct, readProduct, type Server } from './product-requests.js';
import type { Traffic } from './traffic.js';

/** Products a second that are created in each catalog. */
const createsPerSecond = 8;

/** How often each catalog is asked for each product, one after the other, right after its creation. */
const rounds = 3;

/** Products of each catalog that are read at a time, beyond which no more are created. */
const maxAtOnce = 20;

/**
 * Starts to create products in each catalog, and to read each product in all catalogs in turn: so
 * one reads a moment after the other what that has stored, be it the product or that there is none.
 */
export function startMixedReads(
  servers: readonly Server[],
  random: SeededRandom,
  record: (operation: Operation) => void,
): Pick<Traffic, 'stop'> {
  let lastValue = 0;
  async function createAndRead(creator: Server) {
    lastValue += 1;
    const write = await createProduct(creator, lastValue);
    record(write);
    if (write.id === undefined) {
      return;
    }
    const others = servers.filter((server) => server !== creator);
    for (let round = 0; round < rounds; round++) {
      for (const server of [...others, creator]) {
        record(await readProduct(server, write.id));
      }
    }
  }
  const arrivals = servers.map((server) =>
    startArrivals({
      perSecond: createsPerSecond,
      atMost: maxAtOnce,
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
