/** A database with products, for one server or loop. */
export interface Catalog {
  readonly url: string;
  /** Reads the processor time of the database server, in microseconds; NaN if there is none. */
  serverMicros(): Promise<number>;
  remove(): Promise<void>;
}
