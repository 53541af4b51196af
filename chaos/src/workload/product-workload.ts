import type { SeededRandom } from '@product-api/testing';
import type { Operation } from '../history/operation.js';
import { startArrivals } from './arrivals.js';
import type { Catalog, Shelf } from './catalog.js';
import {
  createProduct,
  deleteProduct,
  readProduct,
  type Server,
  updateProduct,
} from './product-requests.js';

/** Requests a second to each API process: enough to meet on the same product, on a small machine. */
const readsPerSecond = 30;
const writesPerSecond = 6;

/** The part of the writes that delete a product, and create another. */
const deletingShare = 0.15;

/** Unanswered requests to each API process, beyond which no more are made. */
const maxAtOnce = 50;

/** What traffic works with. */
export interface TrafficOptions {
  readonly servers: readonly Server[];
  readonly catalog: Catalog;
  readonly random: SeededRandom;
  /** Called with every request and what came of it. */
  readonly record: (operation: Operation) => void;
}

/** Readers and writers at work, on every process. */
export interface Traffic {
  /** Lets the writers stop, and waits for their last answers. */
  stopWriting(): Promise<void>;
  /** Lets readers and writers stop, and waits for their last answers. */
  stop(): Promise<void>;
}

/** Starts readers and writers. */
export function startTraffic({ servers, catalog, random, record }: TrafficOptions): Traffic {
  const everywhere = (perSecond: number, request: (server: Server) => Promise<void>) =>
    servers.map((server) =>
      startArrivals({ perSecond, atMost: maxAtOnce, random, request: () => request(server) }),
    );
  const readers = everywhere(readsPerSecond, async (server) =>
    record(await readProduct(server, catalog.anyId())),
  );
  const writers = everywhere(writesPerSecond, async (server) => {
    const shelf = random.pick(catalog.shelves);
    if (random.next() < deletingShare) {
      await replace(server, shelf);
    } else {
      await update(server, shelf);
    }
  });

  async function update(server: Server, shelf: Shelf) {
    const { id } = shelf;
    const write = await updateProduct(server, id, catalog.nextValue());
    record(write);
    if (write.outcome.kind === 'not-there') {
      await fill(server, shelf, id);
    }
  }

  async function replace(server: Server, shelf: Shelf) {
    const { id } = shelf;
    const write = await deleteProduct(server, id);
    record(write);
    if (write.outcome.kind === 'acknowledged') {
      await fill(server, shelf, id);
    }
  }

  async function fill(server: Server, shelf: Shelf, deletedId: string) {
    if (shelf.id !== deletedId) {
      return;
    }
    const write = await createProduct(server, catalog.nextValue());
    record(write);
    if (write.id !== undefined) {
      catalog.replace(shelf, deletedId, write.id);
    }
  }

  const stop = async (arrivals: typeof readers) => {
    await Promise.all(arrivals.map((each) => each.stop()));
  };
  return { stopWriting: () => stop(writers), stop: () => stop([...readers, ...writers]) };
}
