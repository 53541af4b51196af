import type { Act, SchedulePlan } from './schedule-plan.js';

const lostPut: Act = { kind: 'put', invalidation: 'lost' };
const relay: Act = { kind: 'relay' };

/**
 * A failover that takes the watermark back over a change of one key, while another process's relay
 * may be about to APPLY a later change of another key. Drawn actors bring this about too seldom, so
 * only the order of the steps is left to chance.
 */
export const failoverPlan: SchedulePlan = {
  timeouts: 0,
  keys: [
    {
      name: 'a',
      exists: true,
      actors: [
        {
          process: 0,
          acts: [
            { kind: 'read' },
            { kind: 'fault', fault: 'copy taken' },
            lostPut,
            relay,
            { kind: 'fault', fault: 'copy restored' },
          ],
        },
      ],
    },
    {
      name: 'b',
      exists: true,
      actors: [
        { process: 1, acts: [lostPut, relay] },
        { process: 1, acts: [lostPut] },
      ],
    },
  ],
};
