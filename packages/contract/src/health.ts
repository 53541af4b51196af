import { z } from 'zod';
import { documented } from './schema-metadata.js';

/** The body of `/health` and `/health/live`. */
export const healthSchema = documented(z.object({ status: z.literal('ok') }), { title: 'Health' });

/** The body of `/health/ready` while requests can be served. */
export const readinessSchema = documented(
  z.object({
    status: documented(z.enum(['ok', 'degraded']), {
      description: '`degraded`: reads are served; `reasons` says what does not work.',
    }),
    database: documented(z.enum(['ok', 'read-only', 'full']), {
      description: '`read-only`, `full`: reads are served, changes are refused with 503.',
    }),
    cache: documented(z.enum(['ok', 'bypassed', 'full']), {
      description:
        '`bypassed`: Redis is not used, the database serves every read. `full`: Redis has no memory left for new entries.',
    }),
    reasons: documented(z.array(z.string()).optional(), {
      description: 'Why the service is degraded, for the operator; absent while it is not.',
    }),
  }),
  { title: 'Readiness' },
);

/** What `/health/ready` returns. */
export type Readiness = z.output<typeof readinessSchema>;
