/** An operation was not even tried, because the store is bypassed. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';

  constructor() {
    super('The cache store is bypassed');
  }
}
