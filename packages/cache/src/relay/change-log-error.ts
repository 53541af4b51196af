/** The change log could not be read, whatever the state of the store. */
export class ChangeLogError extends Error {
  override readonly name = 'ChangeLogError';

  constructor(cause: unknown) {
    super('The change log cannot be read', { cause });
  }
}
