/** A server to be measured, and what it stands on. Each has its own redis-server and its own file. */
export interface ServerSpec {
  /** What names its folder; unique within an experiment. */
  readonly name: string;
  /** The built program. */
  readonly program: URL;
  /** Arguments for Node, before the program. */
  readonly nodeArguments: readonly string[];
  /** Its settings, beside `PORT`, `REDIS_URL` and `DATABASE_URL`. */
  readonly env: Readonly<Record<string, string>>;
  /** The Redis it is given: one with all hot products in it, an empty one, or none. */
  readonly redis: 'filled' | 'empty' | 'none';
  /** How many products its database has; `'none'` for a server without a database. */
  readonly products: number | 'standard' | 'none';
  /** Whether it is kept on a core of its own, and what loads it on the other. */
  readonly pinned: boolean;
}
