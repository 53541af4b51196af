import type { ServerSpec } from './servers/server-spec.js';
import type { Workload } from './workloads/workload.js';

/** Contestants that are measured side by side, round by round, and what is concluded from it. */
export interface Experiment {
  readonly name: string;
  /** What is measured, in a sentence. */
  readonly what: string;
  readonly contestants: readonly Contestant[];
  readonly comparisons: readonly Comparison[];
  /** Whether latencies at a constant rate, 60% of what a contestant can do, are measured as well. */
  readonly latency: boolean;
  /**
   * Whose servers run at a time: those of all contestants, or of the two of each comparison, where
   * small differences count and a dozen servers in the background would hide them. Default: all.
   */
  readonly sideBySide?: 'all' | 'pairs';
}

/** What takes part in an experiment. Contestants on the same server share one process of it. */
export type Contestant = ServedContestant | LoopContestant;

/** A server, and what it is asked. */
export interface ServedContestant {
  readonly kind: 'served';
  readonly name: string;
  readonly title: string;
  readonly server: ServerSpec;
  readonly workload: Workload;
  readonly connections: number;
}

/** A statement of Prisma in a loop, without a server, on a copy of the catalog that it keeps. */
export interface LoopContestant {
  readonly kind: 'loop';
  readonly name: string;
  readonly title: string;
  readonly statement: 'read' | 'create' | 'update' | 'delete';
  /** How often a round runs it, one after the other. */
  readonly count: number;
}

/** One number: how much better a contestant does than another. */
export interface Comparison {
  readonly what: string;
  /** The names of two contestants; above 1, `of` does better than `to`. */
  readonly of: string;
  readonly to: string;
  /** Requests in a second, or the median latency, of which less is better. */
  readonly by: 'requestsPerSecond' | 'p50Micros';
  /** What the number must be at least; undefined where it is just told. */
  readonly atLeast: number | undefined;
}

/** The connections of a busy server. */
export const defaultConnections = 32;

/** A contestant with the connections of a busy server, unless they are given. */
export function served(
  title: string,
  server: ServerSpec,
  workload: Workload,
  { name = server.name, connections = defaultConnections } = {},
): ServedContestant {
  return { kind: 'served', name, title, server, workload, connections };
}
