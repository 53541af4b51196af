/** What a server is asked. */
export interface Workload {
  /** The status that every answer must have. */
  readonly status: number;
  /** Whether the requests are sent again and again for a time, or each once. */
  readonly order: 'rotate' | 'once';
  /** Makes the requests, as they go over the wire, for one round. */
  requests(target: Target): readonly string[] | Promise<readonly string[]>;
  /**
   * Looks at the server after all requests of a rotation were answered once.
   *
   * @throws Error where it does not do what is to be measured
   */
  check?(target: Target): Promise<void>;
}

/** The server that is asked. */
export interface Target {
  readonly baseUrl: string;
  /** Empty where it has none. */
  readonly redisUrl: string;
  /** Counts the rounds of this contestant, from 0, also those that are not kept. */
  readonly round: number;
}
