import type { Environment } from '../report/environment.js';
import type { Point } from '../statistics/slope.js';
import type { Comparison } from './experiment.js';
import type { Laboratory } from './laboratory.js';
import type { Scale } from './scale.js';

/** What one round found of one contestant. */
export interface Sample {
  readonly requestsPerSecond: number;
  /** Latencies from a request to its answer, one after the other on each connection. Undefined of a loop. */
  readonly p50Micros?: number;
  readonly p99Micros?: number;
  /** The server's processor time for each request, in microseconds; undefined without /proc. */
  readonly cpuMicros?: number;
  /** The part of the round, from 0 to 1, in which the generator's core was busy; undefined where cores are shared. */
  readonly generatorBusy?: number;
  /** The generator's own processor time by the round's length: 1 is a whole core. */
  readonly generatorCpu?: number;
  /** What limited the rate, as far as that can be told: the generator, where its core was too busy. */
  readonly generatorBound?: true;
}

/** Latencies at a constant rate that the contestant can well keep up with. */
export interface LatencySample {
  readonly requestsPerSecond: number;
  readonly p50Micros: number;
  readonly p99Micros: number;
}

/** Everything that was found of one contestant. */
export interface Standing {
  readonly name: string;
  readonly title: string;
  readonly rounds: readonly Sample[];
  /** Empty where the experiment does not ask for it. */
  readonly latency: readonly LatencySample[];
}

/** What an experiment found, as it is kept in `results.json`. */
export interface ExperimentResult {
  readonly name: string;
  readonly what: string;
  readonly standings: readonly Standing[];
  readonly comparisons: readonly ComparisonResult[];
}

/** A comparison's outcome: the median of the rounds' own ratios, and their quartiles. */
export interface ComparisonResult {
  readonly what: string;
  readonly of: string;
  readonly to: string;
  readonly by: Comparison['by'];
  readonly ratio: number;
  readonly quartiles: readonly [number, number];
  readonly atLeast?: number;
}

/** The service's memory over a long run. */
export interface MemoryGrowth {
  /** Bytes in RAM by requests answered. */
  readonly points: readonly Point[];
  /** The slope after the warm-up, by least squares. */
  readonly bytesPerRequest: number;
}

/** From the start of the process to its first answer, with an existing database of that many products. */
export interface StartUp {
  readonly products: number;
  readonly milliseconds: readonly number[];
}

/** Everything that a benchmark found, as it is kept in `results.json`. */
export interface Report {
  /** The day of the benchmark, as `2020-12-31`. */
  readonly date: string;
  readonly environment: Environment;
  readonly scale: Scale;
  /** Whether servers and load had a core each. */
  readonly pinned: boolean;
  readonly generator: Laboratory['generator'];
  readonly experiments: readonly ExperimentResult[];
  /** Undefined where it was not measured or cannot be. */
  readonly memory?: MemoryGrowth;
  readonly startUp: readonly StartUp[];
}
