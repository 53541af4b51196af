/** A row of the database. The caches store rows. */
export interface Row {
  readonly id: string;
  /** Increases with every write to the row. */
  readonly version: number;
  /** The id of the database that the row is from. */
  readonly database: string;
}

/** A database that is always available and responds at once, so that only the caches can fail. */
export class Source {
  readonly databaseId: string;
  readonly #rows = new Map<string, Row>();
  readonly #changes: Row[] = [];

  constructor(databaseId = 'race') {
    this.databaseId = databaseId;
  }

  /**
   * Commits a new version of a row together with its entry in the change log, and returns the row.
   */
  write(id: string): Row {
    const version = (this.#rows.get(id)?.version ?? 0) + 1;
    const row = { id, version, database: this.databaseId };
    this.#rows.set(id, row);
    this.#changes.push(row);
    return row;
  }

  /** The change log: every version of every row in the order of the writes. */
  get changes(): readonly Row[] {
    return this.#changes;
  }

  /**
   * Returns the current row.
   *
   * @throws {Error} when the row was never written
   */
  async read(id: string): Promise<Row> {
    const row = this.#rows.get(id);
    if (row === undefined) {
      throw new Error(`There is no row ${id}`);
    }
    return row;
  }
}
