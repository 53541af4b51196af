import { setTimeout as delay } from 'node:timers/promises';
import { type SeededRandom, seededRandom } from '@product-api/testing';
import { checkConvergence } from './check-convergence.js';
import type { Fault, HostsContext } from './faults/fault.js';
import { createFaultContext, createHostsContext } from './faults/fault-context.js';
import type { History } from './history/history.js';
import type { Operation, Read } from './history/operation.js';
import type { CheckedSubject } from './subject/checked-subject.js';
import type { Hosts } from './subject/hosts.js';
import type { Subject } from './subject/subject.js';
import { ProductPool } from './workload/product-pool.js';
import { createProduct, type Server } from './workload/product-requests.js';
import { startProductWorkload } from './workload/product-workload.js';

/**
 * Few enough that readers and writers meet, and many enough that each product has a second or two
 * between two writes: a later write would hide that the cache had missed an earlier one.
 */
const PRODUCT_COUNT = 16;

/** Milliseconds of reads and writes before the fault. */
const WARM_UP_MS = 300;

/** The number of products whose final state is compared with the database. */
const COMPARED_COUNT = 200;

/**
 * Injects a fault while clients read and write, waits until all processes agree with the database,
 * and returns the history. The seed decides what is done; its timing relative to requests varies.
 *
 * @throws {Error} when the processes do not agree with the database; see `checkConvergence`
 */
export function runFault(fault: Fault, subject: Subject, seed: number): Promise<History> {
  const context = createFaultContext(subject, seededRandom(seed));
  return runWhile(() => fault.inject(context), subject, seed);
}

/** Does the same with a fault of hosts. */
export function runHostsFault(
  fault: Fault<HostsContext>,
  hosts: Hosts,
  seed: number,
): Promise<History> {
  const context = createHostsContext(hosts, seededRandom(seed));
  return runWhile(() => fault.inject(context), hosts, seed);
}

/** Does the same with a fault that is injected in another way. */
export async function runWhile(
  inject: () => Promise<void>,
  subject: CheckedSubject,
  seed: number,
): Promise<History> {
  const { processes, control } = subject;
  // The timing of requests varies, so the fault and the clients must not share a random sequence.
  const clients = await startClients(processes, seededRandom(seed + 1));
  const controlClients = await startClients([control], seededRandom(seed + 2));
  try {
    await delay(WARM_UP_MS);
    await inject();
    await clients.workload.stopWriting();
    await checkConvergence(subject, clients.products.newest(COMPARED_COUNT), clients.record);
  } finally {
    await Promise.all([clients.workload.stop(), controlClients.workload.stop()]);
  }
  const ids = clients.products.newest(COMPARED_COUNT);
  return {
    operations: clients.operations,
    finalReads: await Promise.all(ids.map((id) => readDatabase(subject, id))),
    outages: processes.flatMap((each) => each.outages),
    rollbacks: processes.flatMap((each) => each.rollbacks),
    databaseOutages: processes.flatMap((each) => each.databaseOutages),
    events: subject.events,
    control: controlClients.operations,
  };
}

async function readDatabase({ storedValue }: CheckedSubject, id: string): Promise<Read> {
  const begin = performance.now();
  const value = await storedValue(id);
  const outcome = { kind: 'found', value, cache: undefined } as const;
  return { kind: 'read', process: 'the database', id, begin, end: performance.now(), outcome };
}

async function startClients(servers: readonly [Server, ...Server[]], random: SeededRandom) {
  const operations: Operation[] = [];
  const record = (operation: Operation) => {
    operations.push(operation);
  };
  const create = async () => {
    const write = await createProduct(servers[0], 0);
    record(write);
    if (write.id === undefined) {
      throw new Error(`Expected a created product, got ${JSON.stringify(write.outcome)}`);
    }
    return write.id;
  };
  const first = await create();
  const rest = await Promise.all(Array.from({ length: PRODUCT_COUNT - 1 }, create));
  const products = new ProductPool([first, ...rest], random);
  const workload = startProductWorkload({ servers, products, random, record });
  return { operations, record, products, workload };
}
