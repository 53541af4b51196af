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
const betweenFaultsMs = 1000;

/** With this time limit for Redis a claim ends after 6.4 s, and a clearing waits for 3.2 s; much more than that. */
const takeover = { timeoutMs: 40_000 };

/** Milliseconds that the scenario may take on a busy machine. */
const scenarioMs = 180_000;

describeWith('redis')('two catalogs in one Redis, without a namespace', () => {
  let catalogs: TwoCatalogs;

  beforeAll(async () => {
    catalogs = await startTwoCatalogs();
  });

  afterAll(() => catalogs.stop());

  const goOn = () => pause(betweenFaultsMs);

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
        await eventually(() => newcomer.usesCache(), takeover);
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
      const hits = () => operations.filter(isHit).length;
      const traffic = startMixedReads([one, other], seededRandom(seed), (operation) => {
        operations.push(operation);
      });
      try {
        await eventually(() => hits() > 20, takeover);
        await disturb(catalogs);
        const before = hits();
        await eventually(() => hits() > before + 20, takeover);
      } finally {
        await traffic.stop();
      }
      const found = foreignReads(operations);
      const reads = operations.filter(({ kind }) => kind === 'read').length;
      process.stdout.write(`${task.name}: ${reads} reads, ${hits()} of them from Redis\n`);
      expect(found.slice(0, 3), occurrences.map(({ what }) => what).join('\n')).toEqual([]);
    },
    scenarioMs,
  );
});

function isHit(operation: Operation): boolean {
  if (operation.kind !== 'read' || operation.outcome.kind !== 'found') {
    return false;
  }
  return operation.outcome.cache === 'HIT';
}
