/** The store may hold values that are too old, so it is not to be used until it is brought up to date. */
export class OutdatedStoreError extends Error {
  override readonly name: string = 'OutdatedStoreError';
}
