import { type SearchResult, search } from '../search/search.js';
import { canonicalForm } from './canonical-form.js';
import type { Configuration } from './configuration.js';
import { initialState } from './initial-state.js';
import { findViolation } from './promises.js';
import type { State } from './state.js';
import { faultSteps } from './steps/fault-steps.js';
import { readerSteps } from './steps/reader-steps.js';
import { relaySteps } from './steps/relay-steps.js';
import { writerSteps } from './steps/writer-steps.js';

/**
 * Checks the promises in every state that the protocol can reach within the configuration's bounds.
 *
 * How to read the model: `state.ts` describes a state, `configuration.ts` the choices of the
 * protocol and the bounds of a search. The files in `steps/` say what can happen next, one atomic
 * command at a time; `steps/redis-scripts.ts` restates the Lua scripts. `promises.ts` checks each
 * state. `verified-configurations.ts` and `broken-variants.ts` list what the test searches.
 *
 * Some events need no step of their own:
 * - A hit is one GET, so the value in Redis stands for every hit that may begin now.
 * - A late command is one that has not arrived yet: any other step may come before it.
 * - A lost reply leaves its sender in the same state as a crash.
 * - A lease may end at any time, so no reader has to wait for one, and a token whose reader is gone
 *   is equivalent to no token.
 *
 * The model leaves out what happens inside one process (single-flight, circuit breaker). The tests
 * of the real code cover that.
 */
export function checkProtocol(configuration: Configuration): SearchResult<State> {
  const { bounds, protocol } = configuration;
  // A clearing visits the keys in order and writes the number of its relay, so it breaks the
  // symmetry.
  const isSymmetric = bounds.restore === 'never' && protocol.missingWatermark !== 'clear';
  return search({
    initial: initialState(bounds),
    steps: (state) => [
      ...readerSteps(state, configuration),
      ...writerSteps(state, configuration),
      ...relaySteps(state, configuration),
      ...faultSteps(state, configuration),
    ],
    canonicalForm: (state) => canonicalForm(state, isSymmetric),
    findViolation: (state) => findViolation(state, protocol),
  });
}
