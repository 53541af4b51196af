import type { SeededRandom } from '@product-api/testing';
import { failoverPlan } from './failover-plan.js';

/** The probability of the plan that is made for a failover. */
const failovers = 0.1;

/** What one schedule's actors do; only the order of their steps is left to the scheduler. */
export interface SchedulePlan {
  readonly keys: readonly KeyPlan[];
  /** The probability that a reader's command is given up before its answer. */
  readonly timeouts: number;
}

/** One key and all that is done to it. */
export interface KeyPlan {
  readonly name: string;
  /** Whether its row is there at the start. */
  readonly exists: boolean;
  readonly actors: readonly Actor[];
}

/** Who does one thing after the other, in the process of this number. */
export interface Actor {
  readonly process: number;
  readonly acts: readonly Act[];
}

/** One thing that an actor does. */
export type Act =
  | { readonly kind: 'read' }
  /** A read of all keys at once. */
  | { readonly kind: 'read-many' }
  /** A write; when its invalidation is lost, the process died after the commit. */
  | { readonly kind: 'put' | 'delete'; readonly invalidation: 'sent' | 'lost' }
  /** The process's relay catches up with the change log. */
  | { readonly kind: 'relay' }
  | { readonly kind: 'fault'; readonly fault: Fault };

/** What goes wrong. */
export type Fault = (typeof faults)[number];

const faults = [
  /** By Redis at its memory's limit, or by its time to live. */
  'value evicted',
  'fence evicted',
  'lease expired',
  /** An INVALIDATE of any version that was written, again and late. */
  'invalidation repeated',
  /** FLUSHALL, or a restart without persistence. */
  'everything lost',
  /** A replica gets as far as this, or a snapshot is written. */
  'copy taken',
  /** That replica is promoted, or Redis restarts from that snapshot. */
  'copy restored',
] as const;

/**
 * Draws a plan for at most so many processes: one or two keys, and a handful of actors for each.
 *
 * Each plan leaves out some of what may happen, so that what is left meets itself more often: Groce
 * et al., "Swarm Testing" (ISSTA 2012).
 */
export function drawPlan(random: SeededRandom, processes: number): SchedulePlan {
  if (random.chance(failovers)) {
    return failoverPlan;
  }
  const some = <T>(items: readonly T[]) => items.filter(() => random.chance(0.5));
  const mix: Mix = {
    processes: 1 + random.below(processes),
    acts: [
      'read',
      'read',
      'put',
      ...some(['read', 'read-many', 'delete', 'relay', 'fault'] as const),
    ],
    faults: [random.pick(faults), ...some(faults)],
  };
  const names = random.chance(0.3) ? ['a', 'b'] : ['a'];
  return {
    keys: names.map((name) => drawKey(name, random, mix)),
    timeouts: random.pick([0, 0, 0.1]),
  };
}

/** What may happen in one schedule. */
interface Mix {
  readonly processes: number;
  readonly acts: readonly [Act['kind'], ...Act['kind'][]];
  readonly faults: readonly [Fault, ...Fault[]];
}

function drawKey(name: string, random: SeededRandom, mix: Mix): KeyPlan {
  const drawActor = (): Actor => ({
    process: random.below(mix.processes),
    acts: Array.from({ length: 1 + random.below(3) }, () => drawAct(random, mix)),
  });
  const exists = random.chance(0.5);
  return { name, exists, actors: Array.from({ length: 3 + random.below(3) }, drawActor) };
}

function drawAct(random: SeededRandom, mix: Mix): Act {
  const kind = random.pick(mix.acts);
  switch (kind) {
    case 'put':
    case 'delete':
      return { kind, invalidation: random.chance(0.2) ? 'lost' : 'sent' };
    case 'fault':
      return { kind, fault: random.pick(mix.faults) };
    default:
      return { kind };
  }
}
