/** A condition that did not come true in time; `cause` says what the last look at it found. */
export class EventuallyTimeoutError extends Error {
  override readonly name = 'EventuallyTimeoutError';

  constructor(timeoutMs: number, { cause }: { readonly cause: unknown }) {
    const found = cause instanceof Error ? cause.message : String(cause);
    super(`The condition did not come true within ${timeoutMs} ms: ${found}`, { cause });
  }
}
