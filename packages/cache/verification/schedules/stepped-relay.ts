import type { ChangeLog } from '../../src/relay/change-log.js';
import type { RelayTarget } from '../../src/relay/relay-target.js';
import type { StepScheduler } from './step-scheduler.js';

/** A relay's half of a store whose commands and answers are steps; `name` is its process's. */
export function steppedRelayTarget(
  target: RelayTarget,
  name: string,
  steps: StepScheduler,
): RelayTarget {
  return {
    claim: (...claim) => steps.request(`${name}: CLAIM`, () => target.claim(...claim)),
    apply: (batch) =>
      steps.request(`${name}: APPLY up to ${batch.next}`, () => target.apply(batch)),
    beginClearing: (...clearing) =>
      steps.request(`${name}: CLEAR without keys`, () => target.beginClearing(...clearing)),
    clear: (...clearing) => steps.request(`${name}: CLEAR`, () => target.clear(...clearing)),
  };
}

/** A change log whose statements are steps. */
export function steppedLog(log: ChangeLog, name: string, steps: StepScheduler): ChangeLog {
  return {
    head: () => steps.request(`${name}: head of the log`, () => log.head()),
    start: () => steps.request(`${name}: start of the log`, () => log.start()),
    read: (after, limit) =>
      steps.request(`${name}: changes after ${after}`, () => log.read(after, limit)),
    prune: (before) => steps.request(`${name}: prune`, () => log.prune(before)),
  };
}
