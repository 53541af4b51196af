import { describeWith } from '@product-api/testing/describe-with';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { judge } from '../src/check/judge.js';
import { readChaosConfig } from '../src/config.js';
import { type Deployment, startDeployment } from '../src/deployment/deployment.js';
import { perform } from '../src/perform.js';
import { mixedSchedule } from '../src/scenarios/mixed-schedule.js';
import { noFault } from '../src/scenarios/no-fault.js';
import { scenarios } from '../src/scenarios/scenarios.js';
import { plantOldValue } from './plant-old-value.js';
import { expectPromisesKept, stalenessBoundMs } from './promises.js';

const { seed, seconds } = readChaosConfig();

describeWith('redis')('three processes on one database and one Redis', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await startDeployment();
    // Processes that are new compile their code while they answer; what they take is measured later.
    await perform(noFault, deployment, seed);
  });

  afterAll(() => deployment.stop());

  test('an old value that somebody puts into Redis by hand is found by the checker', async () => {
    const { violations } = judge(await plantOldValue(deployment, stalenessBoundMs), {
      boundMs: stalenessBoundMs,
    });
    expect(violations[0]).toMatchObject({
      kind: 'stale-read',
      read: { outcome: { value: 1 } },
      overwrittenBy: { value: 2 },
    });
  });

  const timeout = (seconds + 120) * 1000;
  test.for([...scenarios, mixedSchedule(seconds)])(
    'while $name, no read is older than the promise and every request is answered',
    { timeout },
    async (scenario, { task }) => {
      const history = await perform(scenario, deployment, seed);
      expectPromisesKept(history, { scenario: scenario.name, seed, meta: task.meta });
    },
  );
});
