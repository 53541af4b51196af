import type { SeededRandom } from '@product-api/testing';

/** The probability that a schedule uses the configuration written for failovers. */
const FAILOVER_PROBABILITY = 0.1;

/** The concurrent tasks of one schedule; only the order of their steps is left to the scheduler. */
export interface ScheduleConfiguration {
  readonly keys: readonly KeyConfiguration[];
  /** The probability that a reader's command times out before its reply arrives. */
  readonly timeoutProbability: number;
}

/** One key and the tasks that use it. */
export interface KeyConfiguration {
  readonly name: string;
  /** Whether the row exists at the start. */
  readonly exists: boolean;
  readonly tasks: readonly Task[];
}

/** Operations that one process performs one after the other. */
export interface Task {
  /** The index of the process. */
  readonly process: number;
  readonly operations: readonly Operation[];
}

/** One operation of a task. */
export type Operation =
  | { readonly kind: 'read' }
  /** Reads all keys in one call. */
  | { readonly kind: 'read-many' }
  /** A write. If its invalidation is lost, the process died after the commit. */
  | { readonly kind: 'put' | 'delete'; readonly invalidation: 'sent' | 'lost' }
  /** The relay of the process catches up with the change log. */
  | { readonly kind: 'relay' }
  | { readonly kind: 'fault'; readonly fault: Fault };

/** A kind of fault. */
export type Fault = (typeof faults)[number];

const faults = [
  /** Redis evicts the value because its memory is full, or the value expires. */
  'value evicted',
  'fence evicted',
  'lease expired',
  /** An earlier INVALIDATE, of any version, arrives once more. */
  'invalidation repeated',
  /** FLUSHALL, or a restart without persistence. */
  'everything lost',
  /** A replica reaches the present state, or Redis writes a snapshot. */
  'copy taken',
  /** That replica is promoted, or Redis restarts from that snapshot. */
  'copy restored',
] as const;

/**
 * Draws a configuration for at most `processes` processes: one or two keys, with three to five
 * tasks for each.
 *
 * Each configuration leaves out some kinds of operations and faults, so that the others interact
 * more often: Groce et al., "Swarm Testing" (ISSTA 2012).
 */
export function drawConfiguration(random: SeededRandom, processes: number): ScheduleConfiguration {
  if (random.chance(FAILOVER_PROBABILITY)) {
    return failoverConfiguration;
  }
  const some = <T>(items: readonly T[]) => items.filter(() => random.chance(0.5));
  const choices: Choices = {
    processes: 1 + random.below(processes),
    operations: [
      'read',
      'read',
      'put',
      ...some(['read', 'read-many', 'delete', 'relay', 'fault'] as const),
    ],
    faults: [random.pick(faults), ...some(faults)],
  };
  const names = random.chance(0.3) ? ['a', 'b'] : ['a'];
  return {
    keys: names.map((name) => drawKey(name, random, choices)),
    timeoutProbability: random.pick([0, 0, 0.1]),
  };
}

/** The values from which one schedule draws. */
interface Choices {
  readonly processes: number;
  readonly operations: readonly [Operation['kind'], ...Operation['kind'][]];
  readonly faults: readonly [Fault, ...Fault[]];
}

function drawKey(name: string, random: SeededRandom, choices: Choices): KeyConfiguration {
  const drawTask = (): Task => ({
    process: random.below(choices.processes),
    operations: Array.from({ length: 1 + random.below(3) }, () => drawOperation(random, choices)),
  });
  const exists = random.chance(0.5);
  return { name, exists, tasks: Array.from({ length: 3 + random.below(3) }, drawTask) };
}

function drawOperation(random: SeededRandom, choices: Choices): Operation {
  const kind = random.pick(choices.operations);
  switch (kind) {
    case 'put':
    case 'delete':
      return { kind, invalidation: random.chance(0.2) ? 'lost' : 'sent' };
    case 'fault':
      return { kind, fault: random.pick(choices.faults) };
    default:
      return { kind };
  }
}

const lostPut: Operation = { kind: 'put', invalidation: 'lost' };
const relay: Operation = { kind: 'relay' };

/**
 * A failover rewinds the watermark to before a change of key a, while the relay of another process
 * may be about to APPLY a later change of key b. Drawn configurations reach this situation too
 * rarely, so these tasks are fixed, and only the order of their steps is random.
 */
const failoverConfiguration: ScheduleConfiguration = {
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
