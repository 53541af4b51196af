import type { Step } from '../search.js';
import type { World } from './configuration.js';
import { change, step } from './relay.js';
import { emptyRedis, type Process, type Redis, type Relay, type State, started } from './state.js';

/** What time and faults may do next. */
export function faultSteps(state: State, world: World): Step<State>[] {
  const slots = [...state.processes.keys()];
  return [
    ...slots.flatMap((slot) => lapse(state, slot)),
    ...(world.crashes ? slots.flatMap((slot) => crash(state, slot)) : []),
    ...losses(state, world),
    ...failovers(state, world),
  ];
}

/** So much time has passed since the process's last poll began that it does not read Redis. */
function lapse(state: State, slot: number): Step<State>[] {
  const process = state.processes[slot];
  if (!process) {
    return [];
  }
  const { relay } = process;
  const isPolling = (relay.kind === 'looked' || relay.kind === 'applying') && !relay.isLate;
  if (!process.trusts && !isPolling) {
    return [];
  }
  const late: Relay = isPolling ? { ...relay, isLate: true } : relay;
  const lapsed = forget(change(state, slot, { trusts: false, relay: late }), slot);
  return [step(`process ${slot} has not polled for too long`, lapsed)];
}

function crash(state: State, slot: number): Step<State>[] {
  const process = state.processes[slot];
  if (!process) {
    return [];
  }
  const restarted = forget(change(state, slot, started(process.database)), slot);
  return [step(`process ${slot} crashes and starts anew`, restarted)];
}

/** Nobody has to wait any more until that process does not read Redis. */
function forget(state: State, slot: number): State {
  const without = (process: Process): Process => {
    const { relay } = process;
    return relay.kind === 'waiting'
      ? { ...process, relay: { ...relay, waitsFor: relay.waitsFor.filter((n) => n !== slot) } }
      : process;
  };
  return { ...state, processes: state.processes.map(without) };
}

function losses(state: State, { loses }: World): Step<State>[] {
  const lose = (what: keyof Redis) =>
    state.redis[what] === undefined
      ? []
      : [step(`the ${what} is lost`, { ...state, redis: { ...state.redis, [what]: undefined } })];
  return [
    ...(loses === 'claim' ? [] : [...lose('value'), ...lose('lease')]),
    ...lose('claim'),
    ...(loses === 'watermark-too' ? lose('watermark') : []),
  ];
}

function failovers(state: State, { failoverEndsConnections }: World): Step<State>[] {
  if (state.failoversLeft === 0) {
    return [];
  }
  const taken = step('a copy of Redis is taken', { ...state, copy: state.redis });
  if (!state.copy) {
    return [taken];
  }
  const fallenBack: State = {
    ...state,
    redis: state.copy,
    copy: undefined,
    processes: failoverEndsConnections ? state.processes.map(disconnected) : state.processes,
    failoversLeft: state.failoversLeft - 1,
  };
  return [taken, step('Redis falls back to the copy', fallenBack)];
}

/** A reader that is loading goes on, and fills over the new connection. */
function disconnected(process: Process): Process {
  return { ...process, trusts: false, relay: { kind: 'idle' } };
}

/** An empty Redis and processes that have just started. */
export function initialState({ databases, failovers: failoversLeft }: World): State {
  return {
    redis: emptyRedis,
    copy: undefined,
    processes: databases.map(started),
    failoversLeft,
  };
}
