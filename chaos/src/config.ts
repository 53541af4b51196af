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
});

/** How the schedules are drawn. */
export interface ChaosConfig {
  /** CHAOS_SEED: the same seed draws the same schedule. Default: another one each time. */
  readonly seed: number;
  /** CHAOS_SECONDS: how long the mixed schedule lasts, a day at most. Default 12. */
  readonly seconds: number;
}

/**
 * Reads the settings from environment variables.
 *
 * @throws ZodError for a variable that has no such value
 */
export function readChaosConfig(environment: NodeJS.ProcessEnv = process.env): ChaosConfig {
  const { CHAOS_SEED, CHAOS_SECONDS } = environmentSchema.parse(environment);
  return { seed: CHAOS_SEED, seconds: CHAOS_SECONDS };
}
