import { type Experiment, pair, subject } from './experiment.js';
import { productApi } from './servers.js';
import { cachedReads } from './workloads.js';

/** Limits that no benchmark reaches: some times the rate of one process. */
const HIGH = 'read=200000/1s, write=off, bulk=off';

/** The same, but with so small a burst that each request asks Redis. */
const ASKING = 'read=1000000000/1s burst 49, write=off, bulk=off';

/** The least throughput of cached reads with rate limits, as a share of that without them. */
const GOAL = 0.9;

/**
 * Returns the experiments that compare cached reads with rate limits with those without: the limits
 * in Redis, in the process alone, and asking Redis for each request.
 */
export function rateLimitExperiments(): Experiment[] {
  const limited = (title: string, RATE_LIMITS: string, redis: 'empty' | 'none') =>
    subject(title, productApi({ redis, env: { WORKERS: '1', RATE_LIMITS } }), cachedReads);
  const unlimited = (title: string, redis: 'empty' | 'none') =>
    subject(title, productApi({ redis }), cachedReads);
  return [
    pair(
      'rate-limits',
      'Cached read with limits in Redis ÷ without limits',
      [limited('limits in Redis', HIGH, 'empty'), unlimited('without limits', 'empty')],
      GOAL,
    ),
    pair(
      'rate-limits',
      'Cached read from the embedded cache, limits in the process ÷ without limits',
      [limited('limits in the process', HIGH, 'none'), unlimited('embedded, without', 'none')],
      GOAL,
    ),
    pair('rate-limits', 'Cached read that asks Redis for each unit ÷ without limits', [
      limited('asking Redis for each unit', ASKING, 'empty'),
      unlimited('without asking', 'empty'),
    ]),
  ];
}
