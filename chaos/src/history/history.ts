import type { Disturbance } from './disturbance.js';
import type { Operation } from './operation.js';

/** What happened from the clients' point of view, and what was done to the API processes. */
export interface History {
  readonly operations: readonly Operation[];
  readonly disturbances: readonly Disturbance[];
  /** What clients did at the same time to the same service that nothing was done to. */
  readonly control: readonly Operation[];
}
