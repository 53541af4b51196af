/** The command line, or a file that it names, is invalid. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** No product has one of these ids. */
export class MissingProductsError extends Error {
  override readonly name = 'MissingProductsError';
  readonly ids: readonly string[];

  constructor(ids: readonly string[]) {
    super('Product not found');
    this.ids = ids;
  }
}

/** The user pressed Ctrl-C. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';

  constructor() {
    super('Interrupted');
  }
}
