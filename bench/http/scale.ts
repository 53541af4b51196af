/** How much of everything is measured. */
export interface Scale {
  readonly name: 'full' | 'quick';
  /** Rounds of each launch before those that count, while code is compiled. */
  readonly warmUps: number;
  /** How often the servers of an experiment are started: two processes of one program differ in speed. */
  readonly launches: number;
  /** How often every contestant is measured while they run. */
  readonly rounds: number;
  /** How long a round lasts that sends requests again and again. */
  readonly seconds: number;
  /** How long latencies are measured at a constant rate, in each launch. */
  readonly latencySeconds: number;
  /** How often a round is measured again whose generator was too busy. */
  readonly retries: number;
  /** The products in a database, where nothing else is said. */
  readonly products: number;
  /** The sizes of database that are compared, rising. */
  readonly sizes: readonly [number, number, number];
  /** How many products a round reads from the database, each once. */
  readonly missesPerRound: number;
  /** How many products a round creates, changes or deletes. */
  readonly writesPerRound: number;
  /** How many requests the memory's growth is measured over. */
  readonly longRunRequests: number;
  /** How often the service is started for its start-up time. */
  readonly starts: number;
}

/** What the published results are measured with. */
export const fullScale: Scale = {
  name: 'full',
  warmUps: 2,
  launches: 5,
  rounds: 2,
  // Short, as on a shared machine only what is measured within seconds compares well.
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

/** Just enough to see that everything works; its figures mean nothing. */
export const quickScale: Scale = {
  name: 'quick',
  warmUps: 0,
  launches: 1,
  rounds: 1,
  seconds: 0.1,
  latencySeconds: 0.1,
  retries: 0,
  products: 2000,
  sizes: [1000, 2000, 4000],
  missesPerRound: 200,
  writesPerRound: 100,
  longRunRequests: 1000,
  starts: 1,
};
