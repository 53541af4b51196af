/** What is cached: a row of the database that the caches stand in front of. */
export interface Row {
  readonly id: string;
  /** Rises with every write to the row. */
  readonly version: number;
}

/** A database that is always there and answers at once, so that only the caches are at fault. */
export class Source {
  readonly #rows = new Map<string, Row>();
  readonly #changes: Row[] = [];

  /** Commits a new version of a row together with its entry in the log, and answers it. */
  write(id: string): Row {
    const row = { id, version: (this.#rows.get(id)?.version ?? 0) + 1 };
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
