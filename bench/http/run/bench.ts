import type { Scale } from '../scale.js';
import type { Cores } from './machine.js';

/** What all measurements share. */
export interface Bench {
  readonly scale: Scale;
  readonly cores: Cores;
  /** Whether wrk is installed. */
  readonly wrk: boolean;
  /** Receives a line for each step. */
  readonly onProgress: (text: string) => void;
}
