import { eventually } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readChaosConfig } from '../src/config.js';
import { noFault } from '../src/faults/all-faults.js';
import { databaseFaults } from '../src/faults/database-faults.js';
import { mixedFaultsOfHosts } from '../src/faults/mixed-faults.js';
import { isolatedProcess } from '../src/faults/network-faults.js';
import { crashedApi, stoppedApi } from '../src/faults/process-faults.js';
import { promotedReplica } from '../src/faults/redis-faults.js';
import { runHostsFault } from '../src/run-fault.js';
import { type Hosts, startTwoHosts } from '../src/subject/hosts.js';
import { createProduct, readProduct, type Server } from '../src/workload/product-requests.js';
import { expectPromisesKept } from './promises.js';

const { seed, seconds, faults } = readChaosConfig();

/** Milliseconds that the start of two servers and three processes may take on a busy machine. */
const START_TIMEOUT_MS = 120_000;

/** What can go wrong between hosts. */
const hostFaults = [
  noFault,
  ...databaseFaults,
  isolatedProcess,
  crashedApi,
  stoppedApi,
  promotedReplica('ends connections'),
];

describeWith('redis', 'postgres')('two hosts on one PostgreSQL and one Redis', () => {
  let hosts: Hosts;

  beforeAll(async () => {
    hosts = await startTwoHosts();
    // New processes still compile their code; this run warms them up before latencies are measured.
    await runHostsFault(noFault, hosts, seed);
  }, START_TIMEOUT_MS);

  afterAll(() => hosts.stop());

  test('a host that is cut off from PostgreSQL is not ready, and the other one serves', async () => {
    const [host, other] = hosts.processes;
    const readiness = async ({ baseUrl }: Server) =>
      (await fetch(`${baseUrl}/health/ready`)).status;
    await host.database.interrupt(host, async () => {
      host.database.path.impair({ kind: 'refuse' });
      await eventually(async () => expect(await readiness(host)).toBe(503));
      expect(await readiness(other)).toBe(200);
      const { id = '', outcome } = await createProduct(other, 1);
      expect(outcome).toEqual({ kind: 'acknowledged' });
      expect(await readProduct(other, id)).toMatchObject({ outcome: { value: 1 } });
      host.database.path.heal();
    });
    await eventually(async () => expect(await readiness(host)).toBe(200));
  });

  const timeout = (seconds + 180) * 1000;
  test.for([...(faults === 'each' ? hostFaults : []), mixedFaultsOfHosts(seconds)])(
    'while $name, no read is too old and every request gets a response',
    { timeout },
    async (fault, { task }) => {
      const history = await runHostsFault(fault, hosts, seed);
      expectPromisesKept(history, { fault: `hosts: ${fault.name}`, seed, meta: task.meta });
    },
  );
});
