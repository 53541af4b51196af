import type { HttpRequest } from './load/send-load.js';

/** Subjects that are measured side by side, round by round, and the comparisons between them. */
export interface Experiment {
  readonly name: string;
  readonly subjects: readonly Subject[];
  readonly comparisons: readonly Comparison[];
  /** Whether latencies at a constant rate, 60% of the subject's throughput, are measured too. */
  readonly latency?: true;
  /** Whether the two subjects of a comparison run alone: others would hide small differences. */
  readonly inPairs?: true;
}

/** One thing that is measured. Subjects with the same `server` object share one process. */
export type Subject = ServerSubject | LoopSubject;

/** A server under a workload. */
export interface ServerSubject {
  readonly name: string;
  readonly title: string;
  readonly server: ServerSpec;
  readonly workload: Workload;
  readonly connections: number;
}

/** A statement of Prisma in a loop, without a server; a round runs it `count` times. */
export interface LoopSubject {
  readonly name: string;
  readonly title: string;
  readonly loop: 'read' | 'create' | 'update' | 'delete';
  readonly count: number;
}

/** A ratio between two subjects: above 1, `of` does better than `to`. */
export interface Comparison {
  readonly title: string;
  readonly of: string;
  readonly to: string;
  /** Throughput, or the median latency, of which less is better. */
  readonly by: 'requestsPerSecond' | 'p50Micros';
  /** The goal for the ratio; undefined if there is none. */
  readonly atLeast?: number;
}

/** A server to be measured. Each has a redis-server and a database file of its own. */
export interface ServerSpec {
  readonly name: string;
  readonly program: URL;
  /** Arguments of Node.js, before the program. */
  readonly nodeArguments: readonly string[];
  /** Environment variables beside `PORT`, `REDIS_URL` and `DATABASE_URL`. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether its Redis has all hot products, is empty, or does not exist. */
  readonly redis: 'filled' | 'empty' | 'none';
  /** Products in its database: a number, that of the scale, or no database. */
  readonly products: number | 'standard' | 'none';
  /** Whether the server and the load are each pinned to a core. */
  readonly pinned: boolean;
}

/** The requests that a server gets. */
export interface Workload {
  /** The status that every response must have. */
  readonly status: number;
  /** Whether the requests are repeated for a time, or each is sent once. */
  readonly order: 'repeat' | 'once';
  /** Whether all hot products must be cache hits once they were read. */
  readonly hits?: true;
  /** Creates the requests of one round. */
  requests(target: Target): readonly HttpRequest[] | Promise<readonly HttpRequest[]>;
}

/** The server that a workload is for, and the number of this subject's round, from 0. */
export interface Target {
  readonly baseUrl: string;
  readonly redisUrl: string;
  readonly round: number;
}
