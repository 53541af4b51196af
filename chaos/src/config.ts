import { randomInt } from 'node:crypto';
import { z } from 'zod';

const environmentSchema = z.object({
  CHAOS_SEED: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .default(() => randomInt(2 ** 32)),
  CHAOS_SECONDS: z.coerce.number().positive().max(86_400).default(12),
  CHAOS_FEED_ROUNDS: z.coerce.number().int().min(1).max(100_000).default(1),
  CHAOS_FAULTS: z.enum(['each', 'mixed']).default('mixed'),
});

/** The settings of the chaos tests. */
export interface ChaosConfig {
  /** CHAOS_SEED: the same seed gives the same faults. Default: a random seed. */
  readonly seed: number;
  /** CHAOS_SECONDS: the duration of the mixed faults, at most a day. Default: 12. */
  readonly seconds: number;
  /** CHAOS_FEED_ROUNDS: how often all faults hit the feed of changes, 8 s each. Default: 1. */
  readonly feedRounds: number;
  /**
   * CHAOS_FAULTS: `each` also tests each fault alone, and each failover by Sentinel, which takes
   * three minutes more. Default: `mixed`, all faults of a subject at once.
   */
  readonly faults: 'each' | 'mixed';
}

/**
 * Reads the settings from environment variables.
 *
 * @throws {ZodError} when a variable has an invalid value
 */
export function readChaosConfig(environment: NodeJS.ProcessEnv = process.env): ChaosConfig {
  const { CHAOS_SEED, CHAOS_SECONDS, CHAOS_FEED_ROUNDS, CHAOS_FAULTS } =
    environmentSchema.parse(environment);
  return {
    seed: CHAOS_SEED,
    seconds: CHAOS_SECONDS,
    feedRounds: CHAOS_FEED_ROUNDS,
    faults: CHAOS_FAULTS,
  };
}
