import { type SeededRandom, seededRandom } from '@product-api/testing';
import type { Deployment } from './deployment/deployment.js';
import type { History } from './history/history.js';
import type { Operation } from './history/operation.js';
import { setStage } from './scenarios/set-stage.js';
import type { Scenario } from './scenarios/stage.js';
import { settle } from './settle.js';
import { Catalog } from './traffic/catalog.js';
import { createProduct, type Server } from './traffic/product-requests.js';
import { startTraffic } from './traffic/traffic.js';

/**
 * So few products that readers and writers meet, and so many that each is left alone for a second or
 * two between two writes: the later one would hide that the cache had missed the earlier one.
 */
const productCount = 16;

/** Of how many products the last state is compared with the database. */
const compared = 200;

/**
 * Plays a scenario while readers and writers are at work, lets everything settle, and answers what
 * happened. What is done is drawn from the seed; when exactly it meets a request is not.
 *
 * @throws Error when the processes do not settle; see `settle`
 */
export async function perform(
  scenario: Scenario,
  deployment: Deployment,
  seed: number,
): Promise<History> {
  const { processes, control } = deployment;
  const stage = setStage(deployment, seededRandom(seed));
  // Requests draw at moments that differ from run to run, so that they cannot share a sequence.
  const clients = await startClients(processes, seededRandom(seed + 1));
  const controlClients = await startClients([control], seededRandom(seed + 2));
  try {
    await stage.goOn(300);
    await scenario.play(stage);
    await clients.traffic.stopWriting();
    await settle(deployment, clients.catalog.newest(compared), clients.record);
  } finally {
    await Promise.all([clients.traffic.stop(), controlClients.traffic.stop()]);
  }
  return {
    operations: clients.operations,
    disturbances: processes.flatMap((each) => each.disturbances),
    setbacks: processes.flatMap((each) => each.setbacks),
    occurrences: deployment.occurrences,
    control: controlClients.operations,
  };
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
      throw new Error(`No product: ${JSON.stringify(write.outcome)}`);
    }
    return write.id;
  };
  const first = await create();
  const rest = await Promise.all(Array.from({ length: productCount - 1 }, create));
  const catalog = new Catalog([first, ...rest], random);
  const traffic = startTraffic({ servers, catalog, random, record });
  return { operations, record, catalog, traffic };
}
