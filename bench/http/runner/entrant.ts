import type { Contestant } from '../experiment.js';
import type { Laboratory } from '../laboratory.js';
import type { LatencySample, Sample } from '../results.js';
import type { RunningServer } from '../servers/running-server.js';
import { enterLoop } from './loop-entrant.js';
import { enterServed } from './served-entrant.js';

/** A contestant that is ready to be measured. */
export interface Entrant {
  readonly contestant: Contestant;
  /** Lets code be compiled, as long as a round lasts. */
  warmUp(): Promise<void>;
  /** Measures a round. */
  measure(): Promise<Sample>;
  /** Measures latencies at this rate, in requests a second; undefined of a loop, which has no rate. */
  measureAtRate?(perSecond: number): Promise<LatencySample>;
  /** Lets go of what is its own; the server is not. */
  leave(): Promise<void>;
}

/** Makes a contestant ready, on the server that it shares with others of the same experiment. */
export function enter(
  contestant: Contestant,
  lab: Laboratory,
  server: RunningServer | undefined,
): Promise<Entrant> {
  if (contestant.kind === 'loop') {
    return enterLoop(contestant, lab);
  }
  if (server === undefined) {
    throw new Error(`${contestant.name} has no server`);
  }
  return enterServed(contestant, lab, server);
}
