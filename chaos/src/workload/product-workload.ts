import type { SeededRandom } from '@product-api/testing';
import type { Operation } from '../history/operation.js';
import { startArrivals } from './arrivals.js';
import type { ProductPool, Slot } from './product-pool.js';
import {
  createProduct,
  deleteProduct,
  readProduct,
  type Server,
  updateProduct,
} from './product-requests.js';

/** Requests to each API process: enough to meet on the same product, even on a small machine. */
const READS_PER_SECOND = 30;
const WRITES_PER_SECOND = 6;

/** The share of the writes that delete a product and create another. */
const DELETE_SHARE = 0.15;

/** The maximum number of requests in flight to each API process. */
const MAX_IN_FLIGHT = 50;

/** Options of a workload. */
export interface WorkloadOptions {
  readonly servers: readonly Server[];
  readonly products: ProductPool;
  readonly random: SeededRandom;
  /** Called with every request and its outcome. */
  readonly record: (operation: Operation) => void;
}

/** Clients that read and write until they are stopped. */
export interface Workload {
  /** Stops the writers, and waits for their requests in flight. */
  stopWriting(): Promise<void>;
  /** Stops readers and writers, and waits for their requests in flight. */
  stop(): Promise<void>;
}

/** Starts readers and writers on every process. */
export function startProductWorkload({
  servers,
  products,
  random,
  record,
}: WorkloadOptions): Workload {
  const onEachServer = (perSecond: number, request: (server: Server) => Promise<void>) =>
    servers.map((server) =>
      startArrivals({
        perSecond,
        maxInFlight: MAX_IN_FLIGHT,
        random,
        request: () => request(server),
      }),
    );
  const readers = onEachServer(READS_PER_SECOND, async (server) =>
    record(await readProduct(server, products.anyId())),
  );
  const writers = onEachServer(WRITES_PER_SECOND, async (server) => {
    const slot = random.pick(products.slots);
    if (random.next() < DELETE_SHARE) {
      await deleteAndReplace(server, slot);
    } else {
      await update(server, slot);
    }
  });

  async function update(server: Server, slot: Slot) {
    const { id } = slot;
    const write = await updateProduct(server, id, products.nextValue());
    record(write);
    if (write.outcome.kind === 'not-found') {
      await fill(server, slot, id);
    }
  }

  async function deleteAndReplace(server: Server, slot: Slot) {
    const { id } = slot;
    const write = await deleteProduct(server, id);
    record(write);
    if (write.outcome.kind === 'acknowledged') {
      await fill(server, slot, id);
    }
  }

  async function fill(server: Server, slot: Slot, deletedId: string) {
    if (slot.id !== deletedId) {
      return;
    }
    const write = await createProduct(server, products.nextValue());
    record(write);
    if (write.id !== undefined) {
      products.replace(slot, deletedId, write.id);
    }
  }

  const stop = async (arrivals: typeof readers) => {
    await Promise.all(arrivals.map((each) => each.stop()));
  };
  return { stopWriting: () => stop(writers), stop: () => stop([...readers, ...writers]) };
}
