import type { Environment } from '../report/environment.js';
import type { Point } from '../statistics/slope.js';
import type { Comparison } from './experiment.js';
import type { Scale } from './scale.js';

/** When and how something was measured. */
export interface Conditions {
  /** The day of the benchmark, such as `2020-12-31`. */
  readonly date: string;
  readonly environment: Environment;
  readonly scale: Scale;
  /** Whether the server and the load each had a core. */
  readonly pinned: boolean;
}

/** Everything that a benchmark measured, as `results.json` has it. */
export interface Report extends Conditions {
  readonly experiments: readonly ExperimentResult[];
  /**
   * The service's memory during a long run: bytes in RAM by requests, and the slope after a
   * warm-up.
   */
  readonly memory?:
    | { readonly points: readonly Point[]; readonly bytesPerRequest: number }
    | undefined;
  /** Times from the start of the process to the first response. */
  readonly startUp: readonly { products: number; milliseconds: number[] }[];
}

/** The result of an experiment. */
export interface ExperimentResult {
  readonly name: string;
  /** Those of this experiment, if it was measured on its own; default those of the report. */
  readonly conditions?: Conditions;
  readonly subjects: readonly SubjectResult[];
  readonly comparisons: readonly ComparisonResult[];
}

/** All rounds of one subject, and its latencies at a constant rate, if they were measured. */
export interface SubjectResult {
  readonly title: string;
  readonly rounds: Round[];
  readonly latency: LatencyRound[];
}

/** The result of one round. */
export interface Round {
  readonly requestsPerSecond: number;
  /** Latencies of requests that follow each other on a connection; undefined for a loop. */
  readonly p50Micros?: number;
  readonly p99Micros?: number;
  /** Processor time of the server for each request; undefined without /proc. */
  readonly cpuMicros?: number;
  /** Processor time of the database server for each request; undefined if there is none. */
  readonly databaseMicros?: number;
  /** Processor time of Redis for each request; undefined if there is none. */
  readonly redisMicros?: number;
  /** The share of the round in which the generator's core was busy; undefined if not pinned. */
  readonly generatorBusy?: number;
}

/** Latencies at a constant rate. */
export type LatencyRound = Required<
  Pick<Round, 'requestsPerSecond' | 'p50Micros' | 'p99Micros'>
> & {
  /** How late the generator sent; undefined in results of another generator. */
  readonly lateP99Micros?: number;
};

/** A comparison with the median of the ratios of its rounds, and their quartiles. */
export interface ComparisonResult extends Comparison {
  readonly ratio: number;
  readonly quartiles: readonly [number, number];
}
