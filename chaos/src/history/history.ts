import type { Disturbance } from './disturbance.js';
import type { Occurrence } from './occurrence.js';
import type { Operation } from './operation.js';
import type { Setback } from './setback.js';

/** What happened from the clients' point of view, and what was done to the API processes. */
export interface History {
  readonly operations: readonly Operation[];
  readonly disturbances: readonly Disturbance[];
  readonly setbacks: readonly Setback[];
  /** What was done, in its order, to make sense of what went wrong. */
  readonly occurrences: readonly Occurrence[];
  /** What clients did at the same time to the same service that nothing was done to. */
  readonly control: readonly Operation[];
}

/** What a history has beside its operations where nothing went wrong. */
export const untroubled: Omit<History, 'operations'> = {
  disturbances: [],
  setbacks: [],
  occurrences: [],
  control: [],
};
