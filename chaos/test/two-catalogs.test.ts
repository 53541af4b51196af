import { setTimeout as pause } from 'node:timers/promises';
import { eventually, seededRandom } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { foreignReads } from '../src/check/foreign-reads.js';
import { readChaosConfig } from '../src/config.js';
import type { Operation } from '../src/history/operation.js';
import { startTwoCatalogs, type TwoCatalogs } from '../src/subject/two-catalogs.js';
import { startCrossCatalogWorkload } from '../src/workload/cross-catalog-workload.js';

const { seed } = readChaosConfig();

/** Milliseconds between two faults: four polls. */
const PAUSE_MS = 1000;

/** A claim ends after 6.4 s and clearing waits for 3.2 s; this allows much more. */
const takeover = { timeoutMs: 40_000 };

/** Milliseconds that the test may take on a busy machine. */
const TEST_TIMEOUT_MS = 180_000;

describeWith('redis')('two catalogs in one Redis, without a namespace', () => {
  let catalogs: TwoCatalogs;

  beforeAll(async () => {
    catalogs = await startTwoCatalogs();
  });

  afterAll(() => catalogs.stop());

  const wait = () => pause(PAUSE_MS);

  async function injectFaults({ one, other, redis }: TwoCatalogs): Promise<void> {
    await wait();
    for (const lostKey of ['cache:owner', 'cache:applied']) {
      await redis.command('DEL', lostKey);
      await wait();
    }
    await redis.command('FLUSHALL');
    await wait();
    // Stop the service that uses Redis until the other one has taken over.
    const [owner, successor] = (await one.usesCache()) ? [one, other] : [other, one];
    await owner.pause(
      async () => true,
      async () => {
        await eventually(() => successor.usesCache(), takeover);
        await wait();
      },
    );
    await wait();
    await successor.crash(wait);
    await wait();
  }

  test(
    'no service returns data of the other catalog',
    async ({ task }) => {
      const { one, other, events } = catalogs;
      const operations: Operation[] = [];
      const hits = () => operations.filter(isHit).length;
      const workload = startCrossCatalogWorkload([one, other], seededRandom(seed), (operation) => {
        operations.push(operation);
      });
      try {
        await eventually(() => hits() > 20, takeover);
        await injectFaults(catalogs);
        const before = hits();
        await eventually(() => hits() > before + 20, takeover);
      } finally {
        await workload.stop();
      }
      const found = foreignReads(operations);
      const reads = operations.filter(({ kind }) => kind === 'read').length;
      process.stdout.write(`${task.name}: ${reads} reads, ${hits()} of them from Redis\n`);
      expect(found.slice(0, 3), events.map(({ what }) => what).join('\n')).toEqual([]);
    },
    TEST_TIMEOUT_MS,
  );
});

function isHit(operation: Operation): boolean {
  if (operation.kind !== 'read' || operation.outcome.kind !== 'found') {
    return false;
  }
  return operation.outcome.cache === 'HIT';
}
