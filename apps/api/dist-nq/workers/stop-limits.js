/** Maximum milliseconds that workers without slow requests take to stop after the delay. */
const USUAL_STOP_MS = 1000;
/** Milliseconds that a stop may take in addition to all other times. */
const STOP_MARGIN_MS = 2000;
/** Returns the limits for the configured delay and timeout. */
export function stopLimits({ SHUTDOWN_DELAY_MS, SHUTDOWN_TIMEOUT_MS }) {
    const othersMs = SHUTDOWN_DELAY_MS + USUAL_STOP_MS;
    return { othersMs, allMs: othersMs + SHUTDOWN_TIMEOUT_MS + STOP_MARGIN_MS };
}
//# sourceMappingURL=stop-limits.js.map