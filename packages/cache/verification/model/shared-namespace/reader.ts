import type { Step } from '../search.js';
import type { Protocol } from './configuration.js';
import { change, step } from './relay.js';
import type { State } from './state.js';

/** What the readers of a process may do next; a hit needs no step, see `brokenPromise`. */
export function readerSteps(state: State, slot: number, { leasesFor }: Protocol): Step<State>[] {
  const process = state.processes[slot];
  const { redis } = state;
  if (!process) {
    return [];
  }
  if (process.isLoading) {
    const left = change(state, slot, { isLoading: false });
    const filled = { ...redis, value: process.database, lease: undefined };
    return [
      redis.lease === slot
        ? step(`process ${slot} fills`, { ...left, redis: filled })
        : step(`the fill of process ${slot} is refused`, left),
    ];
  }
  const mayLease = process.trusts || leasesFor === 'everybody';
  if (!mayLease || redis.value !== undefined) {
    return [];
  }
  const leased = { ...state, redis: { ...redis, lease: slot } };
  return [step(`process ${slot} takes the lease`, change(leased, slot, { isLoading: true }))];
}
