import { describeWith } from '@product-api/testing/describe-with';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkHistory } from '../src/check/check-history.js';
import { readChaosConfig } from '../src/config.js';
import { allFaults, noFault } from '../src/faults/all-faults.js';
import { mixedFaults } from '../src/faults/mixed-faults.js';
import { runFault } from '../src/run-fault.js';
import { type Subject, startSubject } from '../src/subject/subject.js';
import { injectStaleValue } from './inject-stale-value.js';
import { expectPromisesKept, STALENESS_BOUND_MS } from './promises.js';

const { seed, seconds, faults } = readChaosConfig();

describeWith('redis')('three processes on one database and one Redis', () => {
  let subject: Subject;

  beforeAll(async () => {
    subject = await startSubject();
    // New processes still compile their code; this run warms them up before latencies are measured.
    await runFault(noFault, subject, seed);
  });

  afterAll(() => subject.stop());

  test('the checker finds an old value that was stored in Redis by hand', async () => {
    const { violations } = checkHistory(await injectStaleValue(subject, STALENESS_BOUND_MS), {
      boundMs: STALENESS_BOUND_MS,
    });
    expect(violations[0]).toMatchObject({
      kind: 'stale-read',
      read: { outcome: { value: 1 } },
      overwrittenBy: { value: 2 },
    });
  });

  const timeout = (seconds + 120) * 1000;
  test.for([...(faults === 'each' ? allFaults : []), mixedFaults(seconds)])(
    'while $name, no read is too old and every request gets a response',
    { timeout },
    async (fault, { task }) => {
      const history = await runFault(fault, subject, seed);
      expectPromisesKept(history, { fault: fault.name, seed, meta: task.meta });
    },
  );
});
