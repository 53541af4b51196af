/** A value of a response does not match the contract. */
export class MismatchError extends Error {
  override readonly name = 'MismatchError';

  /** @param path where the value is, such as `items.0.price`; empty for the whole body */
  constructor(path: string, expected: string, received: string) {
    super(`${path === '' ? 'body' : path}: expected ${expected}, got ${received}`);
  }
}
