import type { Response } from 'express';

/** What ends the work for a response early. */
export interface WhileOpenOptions {
  readonly stopped: AbortSignal;
  /** Milliseconds after which it ends. Default: no limit. */
  readonly timeoutMs?: number;
}

/**
 * Returns a signal that is aborted when a response has ended or its client has left, all streams
 * must end, or the time is over.
 */
export function whileOpen(
  response: Response,
  { stopped, timeoutMs }: WhileOpenOptions,
): AbortSignal {
  const end = new AbortController();
  const onEnd = () => {
    clearTimeout(timer);
    response.off('close', onEnd);
    stopped.removeEventListener('abort', onEnd);
    end.abort();
  };
  const timer = timeoutMs === undefined ? undefined : setTimeout(onEnd, timeoutMs);
  response.once('close', onEnd);
  stopped.addEventListener('abort', onEnd, { once: true });
  if (response.closed || stopped.aborted) {
    onEnd();
  }
  return end.signal;
}
