/** A command got no reply within its timeout. */
export class CommandTimeoutError extends Error {
  override readonly name = 'CommandTimeoutError';
  /** The timeout in milliseconds. */
  readonly limitMs: number;

  constructor(limitMs: number) {
    super('Command timed out');
    this.limitMs = limitMs;
  }
}

/** A connection ended without an error that says why. */
export class ConnectionClosedError extends Error {
  override readonly name = 'ConnectionClosedError';
  /** Whether Redis had replied on this connection. */
  readonly wasEstablished: boolean;

  constructor({ wasEstablished, cause }: { wasEstablished: boolean; cause?: unknown }) {
    super('The connection to Redis was closed', { cause });
    this.wasEstablished = wasEstablished;
  }
}

/** A reply is valid RESP but does not fit the command that it belongs to. */
export class MalformedReplyError extends Error {
  override readonly name = 'MalformedReplyError';

  constructor(cause: unknown) {
    super('A reply does not fit its command', { cause });
  }
}

/** No sentinel named a primary. */
export class NoPrimaryError extends Error {
  override readonly name = 'NoPrimaryError';
  /** The error of each sentinel, by its `host:port`. */
  readonly failures: ReadonlyMap<string, unknown>;

  constructor(failures: ReadonlyMap<string, unknown>) {
    super('No sentinel named a primary');
    this.failures = failures;
  }
}

/** A sentinel does not know the name of the primary. */
export class UnknownPrimaryError extends Error {
  override readonly name = 'UnknownPrimaryError';

  constructor() {
    super('knows no primary of this name');
  }
}
