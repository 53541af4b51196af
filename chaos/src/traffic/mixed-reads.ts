import type { SeededRandom } from '@product-api/testing';
import type { Operation } from '../history/operation.js';
import { startArrivals } from './arrivals.js';
import { createProduct, readProduct, type Server } from './product-requests.js';
import type { Traffic } from './traffic.js';

/** Requests a second to each catalog. */
const READS_PER_SECOND = 60;
const CREATES_PER_SECOND = 8;

/** Unanswered requests to each catalog, beyond which no more are made. */
const AT_MOST = 50;

/** Of so many products, the latest of all catalogs, one is read: soon enough to be read elsewhere too. */
const READ_OF_LATEST = 12;

/** Starts to create products in each catalog, and to read those of all catalogs in every one. */
export function startMixedReads(
  servers: readonly Server[],
  random: SeededRandom,
  record: (operation: Operation) => void,
): Pick<Traffic, 'stop'> {
  const ids: string[] = [];
  const everywhere = (perSecond: number, request: (server: Server) => Promise<void>) =>
    servers.map((server) =>
      startArrivals({ perSecond, atMost: AT_MOST, random, request: () => request(server) }),
    );
  const creators = everywhere(CREATES_PER_SECOND, async (server) => {
    const write = await createProduct(server, ids.length);
    record(write);
    if (write.id !== undefined) ids.push(write.id);
  });
  const readers = everywhere(READS_PER_SECOND, async (server) => {
    const [first, ...rest] = ids.slice(-READ_OF_LATEST);
    if (first !== undefined) record(await readProduct(server, random.pick([first, ...rest])));
  });
  return {
    async stop() {
      await Promise.all([...creators, ...readers].map((each) => each.stop()));
    },
  };
}
