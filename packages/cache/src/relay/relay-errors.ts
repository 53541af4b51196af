/** The change log could not be read, whatever the state of the store. */
export class ChangeLogError extends Error {
  override readonly name = 'ChangeLogError';

  constructor(cause: unknown) {
    super('The change log cannot be read', { cause });
  }
}

/** The store may hold values that are too old, so it is not to be used until it is brought up to date. */
export class OutdatedStoreError extends Error {
  override readonly name: string = 'OutdatedStoreError';
}

/** The store is kept up to date with another database, whose processes seem to be running. */
export class StoreClaimedError extends OutdatedStoreError {
  override readonly name = 'StoreClaimedError';
  /** Whose claim it is: a database's with another id, or that of another copy of the same one. */
  readonly owner: 'other-database' | 'copy';

  constructor(owner: string, databaseId: string) {
    super(`The claim to the keys is held by database ${owner}`);
    this.owner = owner === databaseId ? 'copy' : 'other-database';
  }
}
