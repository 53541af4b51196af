import { setTimeout as pause } from 'node:timers/promises';
import { eventually, seededRandom } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { foreignReads } from '../src/check/foreign-data.js';
import { readChaosConfig } from '../src/config.js';
import { startTwoCatalogs, type TwoCatalogs } from '../src/deployment/two-catalogs.js';
import type { Operation } from '../src/history/operation.js';
import { startMixedReads } from '../src/traffic/mixed-reads.js';

const { seed } = readChaosConfig();

/** Milliseconds for which things go on between two faults: four polls. */
const BETWEEN_FAULTS_MS = 1000;

/** A stopped service loses its claim after 5 s, and the other waits for 2.5 s; twice that. */
const TAKEOVER = { timeoutMs: 20_000 };

/** Milliseconds that the scenario may take on a busy machine. */
const SCENARIO_MS = 120_000;

describeWith('redis')('two catalogs in one Redis, without a namespace', () => {
  let catalogs: TwoCatalogs;

  beforeAll(async () => {
    catalogs = await startTwoCatalogs();
  });

  afterAll(() => catalogs.stop());

  const goOn = () => pause(BETWEEN_FAULTS_MS);

  async function disturb({ one, other, redis }: TwoCatalogs): Promise<void> {
    await goOn();
    for (const lost of ['cache:owner', 'cache:applied']) {
      await redis.command('DEL', lost);
      await goOn();
    }
    await redis.command('FLUSHALL');
    await goOn();
    // Whoever uses Redis is stopped, until the other one does.
    const [owner, newcomer] = (await one.usesCache()) ? [one, other] : [other, one];
    await owner.pause(
      async () => true,
      async () => {
        await eventually(() => newcomer.usesCache(), TAKEOVER);
        await goOn();
      },
    );
    await goOn();
    await newcomer.crash(goOn);
    await goOn();
  }

  test(
    'never answer with each other’s data',
    async ({ task }) => {
      const { one, other, occurrences } = catalogs;
      const operations: Operation[] = [];
      const traffic = startMixedReads([one, other], seededRandom(seed), (operation) => {
        operations.push(operation);
      });
      try {
        await eventually(() => one.usesCache());
        await disturb(catalogs);
      } finally {
        await traffic.stop();
      }
      const found = foreignReads(operations);
      const reads = operations.filter(({ kind }) => kind === 'read').length;
      const hits = operations.filter(
        (operation) =>
          operation.kind === 'read' &&
          operation.outcome.kind === 'found' &&
          operation.outcome.cache === 'HIT',
      ).length;
      process.stdout.write(`${task.name}: ${reads} reads, ${hits} of them from Redis\n`);
      expect(found.slice(0, 3), occurrences.map(({ what }) => what).join('\n')).toEqual([]);
      expect(hits).toBeGreaterThan(20);
    },
    SCENARIO_MS,
  );
});
