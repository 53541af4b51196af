/** What is cached: a row of the database that the caches stand in front of. */
export interface Row {
  readonly id: string;
  /** Rises with every write to the row. */
  readonly version: number;
  /** The id of the database that has the row. */
  readonly database: string;
}

/** A database that is always there and answers at once, so that only the caches are at fault. */
export class Source {
  readonly databaseId: string;
  readonly #rows = new Map<string, Row>();
  readonly #changes: Row[] = [];

  constructor(databaseId = 'race') {
    this.databaseId = databaseId;
  }

  /** Commits a new version of a row together with its entry in the log, and answers it. */
  write(id: string): Row {
    const version = (this.#rows.get(id)?.version ?? 0) + 1;
    const row = { id, version, database: this.databaseId };
    this.#rows.set(id, row);
    this.#changes.push(row);
    return row;
  }

  /** Every version of every row in the order of the writes, as a trigger would log them. */
  get changes(): readonly Row[] {
    return this.#changes;
  }

  /**
   * The present row.
   *
   * @throws Error when it was never written.
   */
  async read(id: string): Promise<Row> {
    const row = this.#rows.get(id);
    if (row === undefined) {
      throw new Error(`There is no row ${id}`);
    }
    return row;
  }
}
