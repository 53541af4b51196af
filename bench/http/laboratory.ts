import type { Cores } from './machine/cores.js';
import type { Scale } from './scale.js';

/** What all measurements share. */
export interface Laboratory {
  readonly scale: Scale;
  readonly cores: Cores;
  /** What sends requests again and again: wrk where it is installed, else this repository's own generator. */
  readonly generator: 'wrk' | 'built-in';
  /** Told of each step, for somebody who waits. */
  readonly onProgress: (text: string) => void;
}
