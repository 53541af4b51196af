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

/** Lines of an import failed, and are reported. */
export class FailedLinesError extends Error {
  override readonly name = 'FailedLinesError';
}

/** The receiver of forwarded changes refused one of them. */
export class RefusedChangeError extends Error {
  override readonly name = 'RefusedChangeError';
}

/** A command did a part of its work, and printed why the rest failed. */
export class ReportedError extends Error {
  override readonly name = 'ReportedError';
  /** One of the failures; it decides the exit code. */
  override readonly cause: unknown;

  constructor(cause: unknown) {
    super('A part of the command failed');
    this.cause = cause;
  }
}

/** The user pressed Ctrl-C. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';

  constructor() {
    super('Interrupted');
  }
}
