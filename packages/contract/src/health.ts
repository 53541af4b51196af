import { z } from 'zod';
import { documented } from './schema-metadata.js';

/** The body of `/health` and `/health/live`. */
export const healthSchema = documented(z.object({ status: z.literal('ok') }), { title: 'Health' });

/** The body of `/health/ready` while requests can be served. */
export const readinessSchema = documented(
  z.object({
    status: documented(z.enum(['ok', 'degraded']), {
      description: '`degraded`: the service serves reads; `reasons` says what does not work.',
    }),
    database: documented(z.enum(['ok', 'read-only', 'full']), {
      description: '`read-only`, `full`: the service serves reads and refuses changes with 503.',
    }),
    cache: documented(z.enum(['ok', 'bypassed', 'full']), {
      description:
        '`bypassed`: Redis is not used; the database serves every read. `full`: Redis has no memory left for new entries.',
    }),
    reasons: documented(z.array(z.string()).optional(), {
      description:
        'For the operator: why the service is degraded, or which setting would make it see the writes of other hosts at once.',
    }),
  }),
  { title: 'Readiness', example: { status: 'ok', database: 'ok', cache: 'ok' } },
);

/** The body of a successful `/health/ready` response. */
export type Readiness = z.output<typeof readinessSchema>;
