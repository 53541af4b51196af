import type { Config } from '../config/config.js';

/** Milliseconds that workers without slow requests take at most to stop, after the delay that is set. */
const USUAL_STOP_MS = 1000;

/** Milliseconds that a stop may take beyond all other times. */
const STOP_MARGIN_MS = 2000;

/** How long a stop takes at most, in milliseconds. */
export interface StopLimits {
  /** For how long the last worker that listens waits for the others. */
  readonly othersMs: number;
  /** For how long a worker may take in all, before it is ended without further care. */
  readonly allMs: number;
}

/** Returns the limits that follow from the delay and the timeout that are set. */
export function stopLimits({ SHUTDOWN_DELAY_MS, SHUTDOWN_TIMEOUT_MS }: Config): StopLimits {
  const othersMs = SHUTDOWN_DELAY_MS + USUAL_STOP_MS;
  return { othersMs, allMs: othersMs + SHUTDOWN_TIMEOUT_MS + STOP_MARGIN_MS };
}
