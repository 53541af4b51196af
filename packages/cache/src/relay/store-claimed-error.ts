import { OutdatedStoreError } from './outdated-store-error.js';

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
