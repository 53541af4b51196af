import { setTimeout as delay } from 'node:timers/promises';
import { describeWith } from '@product-api/testing/describe-with';
import { afterAll, beforeAll, test } from 'vitest';
import { readChaosConfig } from '../src/config.js';
import { sentinelFaults } from '../src/faults/sentinel-faults.js';
import { runWhile } from '../src/run-fault.js';
import { type SentinelSubject, startSentinelSubject } from '../src/subject/sentinel-subject.js';
import { expectPromisesKept } from './promises.js';

const { seed } = readChaosConfig();

/** Milliseconds in which new processes become fast. */
const WARM_UP_MS = 2000;

/** Milliseconds that the start and each test may take on a busy machine. */
const TEST_TIMEOUT_MS = 180_000;

describeWith('redis', 'postgres')('three hosts on PostgreSQL and one Redis with Sentinel', () => {
  let subject: SentinelSubject;

  beforeAll(async () => {
    subject = await startSentinelSubject();
    // New processes still compile their code; this run warms them up before latencies are measured.
    await runWhile(() => delay(WARM_UP_MS), subject, seed);
  }, TEST_TIMEOUT_MS);

  afterAll(() => subject.stop());

  test.for(sentinelFaults)(
    'while $name, no read is too old and every request gets a response',
    { timeout: TEST_TIMEOUT_MS },
    async (fault, { task }) => {
      const history = await runWhile(() => fault.inject(subject), subject, seed);
      expectPromisesKept(history, { fault: fault.name, seed, meta: task.meta });
    },
  );
});
