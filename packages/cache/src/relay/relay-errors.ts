/** The change log could not be read or pruned. */
export class ChangeLogError extends Error {
  override readonly name = 'ChangeLogError';

  constructor(cause: unknown) {
    super('The change log cannot be read', { cause });
  }
}

/** The store may hold outdated values, so it must not be used until it is up to date. */
export class OutdatedStoreError extends Error {
  override readonly name: string = 'OutdatedStoreError';
}

/** The store belongs to another database whose processes seem to be running. */
export class StoreClaimedError extends OutdatedStoreError {
  override readonly name = 'StoreClaimedError';
  /** The holder of the claim: a database with another id, or another copy of the same database. */
  readonly owner: 'other-database' | 'copy';

  constructor(owner: string, databaseId: string) {
    super(`The claim to the keys is held by database ${owner}`);
    this.owner = owner === databaseId ? 'copy' : 'other-database';
  }
}
