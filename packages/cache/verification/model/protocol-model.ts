import { canonicalForm } from './canonical.js';
import type { Configuration } from './configuration.js';
import { databaseFaultSteps } from './database-faults.js';
import { initialState } from './initial-state.js';
import { brokenPromise } from './promises.js';
import { readerSteps } from './reader.js';
import { redisFaultSteps } from './redis-faults.js';
import { relaySteps } from './relay.js';
import { type SearchResult, search } from './search.js';
import type { State } from './state.js';
import { writerSteps } from './writer.js';

/**
 * Checks the protocol in every state that it can get into within the configuration's bounds.
 *
 * How to read the model. `state.ts` says what there is: a database with its change log, Redis with
 * values, fences and the watermark, perhaps an older copy of Redis, and the readers, messages and
 * relays in flight. The files beside this one say what can happen next, one atomic command at a
 * time: `reader.ts`, `writer.ts`, `relay.ts` with `relay-clearing.ts`, `redis-faults.ts` and
 * `database-faults.ts`; `redis-scripts.ts` restates the Lua scripts, and `protocol.ts` names the
 * choices that make the protocol. `search.ts` tries everything that can happen in every order,
 * `promises.ts` judges every state on the way, and a broken promise comes with a shortest story that
 * leads to it. `verified-configurations.ts` and `broken-variants.ts` say what is searched.
 *
 * Not everything needs a step. A hit is one GET, so the value in Redis stands for all hits that may
 * begin now (`promises.ts`). A late command is one that has not happened yet, since anything may
 * happen before it; a lost answer leaves its sender as a crash does. A lease may end at any time, so
 * a reader never has to wait, and a token that nobody can use is the same as none. What one process
 * shares inside itself (single flight, breaker) is not here: the tests of the real code
 * have that.
 */
export function checkProtocol(configuration: Configuration): SearchResult<State> {
  const { bounds, protocol } = configuration;
  // A clearing takes the keys in their order and leaves its relay's mark.
  const areAlike = bounds.restore === 'never' && protocol.missingWatermark !== 'clear';
  return search({
    initial: initialState(bounds),
    steps: (state) => [
      ...readerSteps(state, configuration),
      ...writerSteps(state, configuration),
      ...relaySteps(state, configuration),
      ...redisFaultSteps(state, configuration),
      ...databaseFaultSteps(state, configuration),
    ],
    canonicalForm: (state) => canonicalForm(state, areAlike),
    findFault: (state) => brokenPromise(state, protocol),
  });
}
