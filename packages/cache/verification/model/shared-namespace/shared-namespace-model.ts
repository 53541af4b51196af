import { type SearchResult, type Step, search, step } from '../search/search.js';
import { canonicalForm } from './canonical-form.js';
import type { Configuration, Protocol } from './configuration.js';
import { faultSteps } from './fault-steps.js';
import { relaySteps } from './relay-steps.js';
import { initialState, type State, withProcess } from './state.js';

/**
 * Checks in every reachable state that no process reads the data of another database, although two
 * services use one namespace.
 *
 * This model complements the model of the protocol (`../protocol`). It leaves out versions and the
 * change log. It adds several databases at once, the claim, and how long a process may read Redis
 * after a poll. Time has one rule: a clearing has waited long enough when no process may read Redis
 * because of an earlier poll (`waitsFor`).
 */
export function checkSharedNamespace({ bounds, protocol }: Configuration): SearchResult<State> {
  return search({
    initial: initialState(bounds),
    steps: (state) => [
      ...[...state.processes.keys()].flatMap((index) => [
        ...readerSteps(state, index, protocol),
        ...relaySteps(state, index, protocol),
      ]),
      ...faultSteps(state, bounds),
    ],
    canonicalForm,
    findViolation,
  });
}

/** A hit is one GET of a process that may read Redis, so each such state stands for a hit. */
function findViolation({ redis, processes }: State): string | undefined {
  const { value } = redis;
  const isForeign = processes.some(
    ({ mayRead, database }) => mayRead && value !== undefined && value !== database,
  );
  return isForeign ? 'every hit is of the own database' : undefined;
}

function readerSteps(state: State, index: number, { leasesFor }: Protocol): Step<State>[] {
  const process = state.processes[index];
  const { redis } = state;
  if (!process) {
    return [];
  }
  if (process.isLoading) {
    const ended = withProcess(state, index, { isLoading: false });
    const filled = { ...redis, value: process.database, lease: undefined };
    return [
      redis.lease === index
        ? step(`process ${index} fills the value`, { ...ended, redis: filled })
        : step(`the fill of process ${index} is refused`, ended),
    ];
  }
  const mayLease = process.mayRead || leasesFor === 'all-processes';
  if (!mayLease || redis.value !== undefined) {
    return [];
  }
  const leased = { ...state, redis: { ...redis, lease: index } };
  return [
    step(`process ${index} takes the lease`, withProcess(leased, index, { isLoading: true })),
  ];
}
