import { type SearchResult, search } from '../search.js';
import { canonicalForm } from './canonical.js';
import type { Configuration } from './configuration.js';
import { faultSteps, initialState } from './faults.js';
import { readerSteps } from './reader.js';
import { relaySteps } from './relay.js';
import type { State } from './state.js';

/**
 * Checks in every reachable state that no process reads the data of another database, although two
 * services use one namespace.
 *
 * Beside the model of the protocol (`../protocol-model.ts`) this one leaves out versions and the
 * change log, and has what that one leaves out: several databases at once, the claim, and how long a
 * process reads Redis after a poll. Time has one rule: a clearing has waited long enough when those
 * who read Redis because of an older poll do not any more (`waitsFor`).
 */
export function checkNamespace({ world, protocol }: Configuration): SearchResult<State> {
  return search({
    initial: initialState(world),
    steps: (state) => [
      ...[...state.processes.keys()].flatMap((slot) => [
        ...readerSteps(state, slot, protocol),
        ...relaySteps(state, slot, protocol),
      ]),
      ...faultSteps(state, world),
    ],
    canonicalForm,
    findFault: brokenPromise,
  });
}

/** A hit is one GET of a process that trusts Redis, so every such state stands for a hit. */
function brokenPromise({ redis, processes }: State): string | undefined {
  const { value } = redis;
  const isWrong = processes.some(
    ({ trusts, database }) => trusts && value !== undefined && value !== database,
  );
  return isWrong ? 'no hit is of another database' : undefined;
}
