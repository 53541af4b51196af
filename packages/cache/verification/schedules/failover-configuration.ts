import type { Operation, ScheduleConfiguration } from './configuration.js';

const lostPut: Operation = { kind: 'put', invalidation: 'lost' };
const relay: Operation = { kind: 'relay' };

/**
 * A failover rewinds the watermark to before a change of key a, while the relay of another process
 * may be about to APPLY a later change of key b. Drawn configurations reach this situation too
 * rarely, so these tasks are fixed, and only the order of their steps is random.
 */
export const failoverConfiguration: ScheduleConfiguration = {
  timeoutProbability: 0,
  keys: [
    {
      name: 'a',
      exists: true,
      tasks: [
        {
          process: 0,
          operations: [
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
      tasks: [
        { process: 1, operations: [lostPut, relay] },
        { process: 1, operations: [lostPut] },
      ],
    },
  ],
};
