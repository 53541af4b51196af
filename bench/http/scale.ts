/** The scale of the published results. */
export const fullScale = {
  /** How often the servers of an experiment are started. */
  launches: 5,
  /** Requests at the start of each launch that do not count: code is compiled after so many. */
  warmUpRequests: 10_000,
  /** Rounds in each launch. */
  rounds: 2,
  /** Seconds of a round that repeats its requests; the speed of a shared machine changes soon. */
  seconds: 1,
  /** Seconds of cached reads between two readings of memory. */
  memorySeconds: 12,
  /** The numbers of products that are compared, in ascending order. */
  sizes: [10_000, 100_000, 1_000_000] as [number, number, number],
  /** Products in the database of all other experiments. */
  products: 100_000,
  /** Uncached products that a round reads. */
  missesPerRound: 6000,
  /** Products that a round creates, changes or deletes. */
  writesPerRound: 1500,
};

/** How much is measured. */
export type Scale = Readonly<typeof fullScale>;

/** Just enough for a test to see that everything works; the figures mean nothing. */
export const quickScale: Scale = {
  ...{ launches: 1, warmUpRequests: 10, rounds: 1, seconds: 1, memorySeconds: 1 },
  ...{ sizes: [1000, 2000, 4000], products: 2000, missesPerRound: 200, writesPerRound: 100 },
};
