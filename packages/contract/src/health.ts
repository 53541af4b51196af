import { z } from 'zod';
import { documented } from './schema-metadata.js';

/** The answer of `/health` and `/health/live`. */
export const healthSchema = documented(z.object({ status: z.literal('ok') }), { title: 'Health' });

/** The answer of `/health/ready` while requests can be served. */
export const readinessSchema = documented(
  z.object({
    status: documented(z.enum(['ok', 'degraded']), {
      description: '`degraded`: every request is served, but from the database alone.',
    }),
    database: z.literal('ok'),
    cache: documented(z.enum(['ok', 'bypassed']), {
      description: '`bypassed`: Redis cannot be used just now.',
    }),
  }),
  { title: 'Readiness' },
);

/** What `/health/ready` tells. */
export type Readiness = z.output<typeof readinessSchema>;
