import { type Step, step } from '../search/search.js';
import type { Bounds } from './configuration.js';
import {
  type Process,
  type Redis,
  type Relay,
  type State,
  startedProcess,
  withProcess,
} from './state.js';

/** Returns the possible next faults, and the possible effects of time. */
export function faultSteps(state: State, bounds: Bounds): Step<State>[] {
  const indexes = [...state.processes.keys()];
  return [
    ...indexes.flatMap((index) => readsEnd(state, index)),
    ...(bounds.crashes ? indexes.flatMap((index) => crash(state, index)) : []),
    ...losses(state, bounds),
    ...failovers(state, bounds),
  ];
}

/** The last poll of a process began so long ago that the process may not read Redis any more. */
function readsEnd(state: State, index: number): Step<State>[] {
  const process = state.processes[index];
  if (!process) {
    return [];
  }
  const { relay } = process;
  const isPolling = (relay.kind === 'polled' || relay.kind === 'applying') && !relay.isLate;
  if (!process.mayRead && !isPolling) {
    return [];
  }
  const late: Relay = isPolling ? { ...relay, isLate: true } : relay;
  const ended = stopWaitingFor(withProcess(state, index, { mayRead: false, relay: late }), index);
  return [step(`process ${index} has not polled for too long`, ended)];
}

function crash(state: State, index: number): Step<State>[] {
  const process = state.processes[index];
  if (!process) {
    return [];
  }
  const started = withProcess(state, index, startedProcess(process.database));
  return [step(`process ${index} crashes and restarts`, stopWaitingFor(started, index))];
}

/** A process that may not read Redis holds up no clearing. */
function stopWaitingFor(state: State, index: number): State {
  const processes = state.processes.map((process): Process => {
    const { relay } = process;
    return relay.kind === 'waiting'
      ? {
          ...process,
          relay: { ...relay, waitsFor: relay.waitsFor.filter((other) => other !== index) },
        }
      : process;
  });
  return { ...state, processes };
}

function losses(state: State, { losses: lost }: Bounds): Step<State>[] {
  const lose = (what: keyof Redis) =>
    state.redis[what] === undefined
      ? []
      : [step(`the ${what} is lost`, { ...state, redis: { ...state.redis, [what]: undefined } })];
  return [
    ...(lost === 'claim' ? [] : [...lose('value'), ...lose('lease')]),
    ...lose('claim'),
    ...(lost === 'watermark-too' ? lose('watermark') : []),
  ];
}

function failovers(state: State, { failoverEndsConnections }: Bounds): Step<State>[] {
  if (state.failoversLeft === 0) {
    return [];
  }
  const taken = step('a copy of Redis is taken', { ...state, copy: state.redis });
  if (!state.copy) {
    return [taken];
  }
  const failedOver: State = {
    ...state,
    redis: state.copy,
    copy: undefined,
    processes: failoverEndsConnections ? state.processes.map(disconnect) : state.processes,
    failoversLeft: state.failoversLeft - 1,
  };
  return [taken, step('Redis returns to the copy', failedOver)];
}

/** A reader that is loading continues, and fills over a new connection. */
function disconnect(process: Process): Process {
  return { ...process, mayRead: false, relay: { kind: 'idle' } };
}
