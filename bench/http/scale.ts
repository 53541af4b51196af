/** How much is measured. */
export interface Scale {
  readonly name: 'full' | 'quick';
  /** Rounds at the start of each launch that do not count. */
  readonly warmUps: number;
  /** How often the servers of an experiment are started. */
  readonly launches: number;
  /** Rounds in each launch. */
  readonly rounds: number;
  /** The length of a round that repeats its requests. */
  readonly seconds: number;
  /** How long each launch measures latencies at a constant rate. */
  readonly latencySeconds: number;
  /** How often a round is repeated if the load generator was too busy. */
  readonly retries: number;
  /** Products in the standard database. */
  readonly products: number;
  /** The sizes of database that are compared, in ascending order. */
  readonly sizes: readonly [number, number, number];
  /** Uncached products that a round reads. */
  readonly missesPerRound: number;
  /** Products that a round creates, changes or deletes. */
  readonly writesPerRound: number;
  /** Requests over which the growth of memory is measured. */
  readonly longRunRequests: number;
  /** How often the service is started to measure its start-up time. */
  readonly starts: number;
}

/** The scale of the published results. */
export const fullScale: Scale = {
  name: 'full',
  warmUps: 2,
  launches: 5,
  rounds: 2,
  // Short, because the speed of a shared machine changes within seconds.
  seconds: 1,
  latencySeconds: 2,
  retries: 2,
  products: 100_000,
  sizes: [10_000, 100_000, 1_000_000],
  missesPerRound: 6000,
  writesPerRound: 1500,
  longRunRequests: 300_000,
  starts: 5,
};

/** Just enough to see that everything works; the figures mean nothing. */
export const quickScale: Scale = {
  name: 'quick',
  warmUps: 0,
  launches: 1,
  rounds: 1,
  seconds: 0.2,
  latencySeconds: 1,
  retries: 0,
  products: 2000,
  sizes: [1000, 2000, 4000],
  missesPerRound: 200,
  writesPerRound: 100,
  longRunRequests: 1000,
  starts: 1,
};
