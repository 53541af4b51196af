import type { Violation } from '../check/violation.js';
import type { HistoryEvent } from '../history/history.js';

/** Milliseconds before a violation in which an event may have caused it. */
const WINDOW_MS = 4000;

/** Lists the events before a violation, one on each line, with its time before the violation. */
export function formatRecentEvents(events: readonly HistoryEvent[], violation: Violation): string {
  const { end } = 'read' in violation ? violation.read : violation.operation;
  return events
    .filter(({ at }) => at <= end && at >= end - WINDOW_MS)
    .map(({ at, what }) => `${(at - end).toFixed(0).padStart(6)} ms  ${what}`)
    .join('\n');
}
