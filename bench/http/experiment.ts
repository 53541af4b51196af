import type { Dialect } from '@product-api/database';
import type { HttpRequest } from './load/send-load.js';
import type { ServerSpec } from './servers.js';

/** Subjects that are measured side by side, round by round, and the comparisons between them. */
export interface Experiment {
  /** What `--only` takes. Experiments of the same name are chosen and reported together. */
  readonly name: string;
  readonly subjects: readonly Subject[];
  readonly comparisons: readonly Comparison[];
  /** Whether latencies at a constant rate, 60% of the subject's throughput, are measured too. */
  readonly latency?: boolean;
  /** Rates in requests per second at which the latencies of all subjects are measured too. */
  readonly rates?: readonly number[];
}

/** One thing that is measured; its title is unique in its experiment. */
export type Subject = ServerSubject | LoopSubject;

/** A server under a workload. Subjects with the same `server` object share one process. */
export interface ServerSubject {
  readonly title: string;
  readonly server: ServerSpec;
  readonly workload: Workload;
  readonly connections: number;
  /**
   * Streams of changes that are open meanwhile; the latencies of the subject are then the delays of
   * their events. Default: none.
   */
  readonly streams?: OpenStreams;
}

/** Streams of changes. */
export interface OpenStreams {
  readonly count: number;
  /** Which changes they get. Default: all. */
  readonly query?: string;
}

/** A program that makes calls in a loop, without a server. */
export interface LoopSubject {
  readonly title: string;
  /** A program in `peers/`. */
  readonly loop:
    | 'guarded-updates'
    | 'if-match-loop'
    | 'prisma-loop'
    | 'repository-loop'
    | 'sql-writers';
  /** Its first arguments; the number of the first product, the count and the seconds follow. */
  readonly args: readonly string[];
  /** The calls of a round, unless its time ends before. */
  readonly count: number;
  /** Default `sqlite`. */
  readonly dialect?: Dialect;
  /** The number of products in its database; default that of the scale. */
  readonly products?: number;
}

/** The requests that a server gets. */
export interface Workload {
  /** Whether the requests are repeated for a time, or each is sent once. */
  readonly order: 'repeat' | 'once';
  /** The status of the responses. Default 200. */
  readonly status?: number;
  /** Creates the requests of one round, whose number counts from 0. */
  requests(server: Target, round: number): Requests | Promise<Requests>;
}

type Requests = readonly HttpRequest[];

/** The server that a workload is for. */
export interface Target {
  readonly url: string;
  /** Empty if it has no Redis. */
  readonly redisUrl: string;
}

/** A ratio between two subjects, named by their titles: above 1, `of` does better than `to`. */
export interface Comparison {
  readonly title: string;
  readonly of: string;
  readonly to: string;
  /** Throughput, or the median latency, of which less is better. */
  readonly by: 'requestsPerSecond' | 'p50Micros';
  /** The goal for the ratio; undefined if there is none. */
  readonly atLeast?: number | undefined;
}

/** The number of connections of a busy server. */
export const DEFAULT_CONNECTIONS = 32;

/** Returns a server under a workload as a subject. */
export function subject(
  title: string,
  server: ServerSpec,
  workload: Workload,
  connections = DEFAULT_CONNECTIONS,
): ServerSubject {
  return { title, server, workload, connections };
}

/** Returns a comparison of two subjects by their throughput. */
export function byThroughput(title: string, of: string, to: string, atLeast?: number): Comparison {
  return { title, of, to, by: 'requestsPerSecond', atLeast };
}

/** Returns an experiment that compares two subjects by their throughput. */
export function pair(
  name: string,
  title: string,
  [ours, theirs]: readonly [Subject, Subject],
  atLeast?: number,
): Experiment {
  const comparison = byThroughput(title, ours.title, theirs.title, atLeast);
  return { name, subjects: [ours, theirs], comparisons: [comparison] };
}
