/** A command got no reply in time. */
export class CommandTimeoutError extends Error {
  override readonly name = 'CommandTimeoutError';
  /** Milliseconds that a reply may take. */
  readonly limitMs: number;

  constructor(limitMs: number) {
    super('Command timed out');
    this.limitMs = limitMs;
  }
}

/** A connection ended without an error of its own. */
export class ConnectionClosedError extends Error {
  override readonly name = 'ConnectionClosedError';
  /** Whether Redis had replied on it before. */
  readonly wasEstablished: boolean;

  constructor({ wasEstablished, cause }: { wasEstablished: boolean; cause?: unknown }) {
    super('The connection to Redis was closed', { cause });
    this.wasEstablished = wasEstablished;
  }
}

/** A reply has the form of RESP, and makes no sense where it came. */
export class MalformedReplyError extends Error {
  override readonly name = 'MalformedReplyError';

  constructor(cause: unknown) {
    super('A reply makes no sense', { cause });
  }
}
