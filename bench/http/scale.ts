/** The scale of the published results. */
export const fullScale = {
  name: 'full' as 'full' | 'quick',
  /** How often the servers of an experiment are started. */
  launches: 5,
  /** Rounds at the start of each launch that do not count. */
  warmUps: 2,
  /** Rounds in each launch. */
  rounds: 2,
  /** The length of a round that repeats its requests; the speed of a shared machine changes soon. */
  seconds: 1,
  /** How long each launch measures latencies at a constant rate. */
  latencySeconds: 2,
  /** How often a round is repeated if the load generator was too busy. */
  retries: 2,
  /** Products in the standard database. */
  products: 100_000,
  /** The sizes of database that are compared, in ascending order. */
  sizes: [10_000, 100_000, 1_000_000] as [number, number, number],
  /** Uncached products that a round reads. */
  missesPerRound: 6000,
  /** Products that a round creates, changes or deletes. */
  writesPerRound: 1500,
  /** Requests over which the growth of memory is measured. */
  longRunRequests: 300_000,
  /** How often the service is started to measure its start-up time. */
  starts: 5,
};

/** How much is measured. */
export type Scale = Readonly<typeof fullScale>;

/** Just enough to see that everything works; the figures mean nothing. */
export const quickScale: Scale = {
  name: 'quick',
  launches: 1,
  warmUps: 0,
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
