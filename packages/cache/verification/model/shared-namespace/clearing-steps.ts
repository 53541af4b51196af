import { type Step, step } from '../search/search.js';
import type { Protocol } from './configuration.js';
import {
  type Process,
  type Redis,
  type Relay,
  type RelayOf,
  type State,
  type Watermark,
  withProcess,
} from './state.js';

type Clearing = RelayOf<'marking' | 'waiting' | 'deleting-lease' | 'deleting-value' | 'ending'>;

/** Returns the relay at the start of a clearing, after it saw a watermark. */
export function startOfClearing(
  state: State,
  index: number,
  seen: Watermark | undefined,
  protocol: Protocol,
): Clearing {
  return protocol.clearingWaits === 'before-its-mark'
    ? {
        kind: 'waiting',
        waitsFor: otherReaders(state, index, protocol),
        next: 'marking',
        seen,
      }
    : { kind: 'marking', seen };
}

/** Returns the next step of a clearing, or none while it waits. */
export function clearingSteps(
  state: State,
  index: number,
  process: Process,
  relay: Clearing,
  protocol: Protocol,
): Step<State>[] {
  switch (relay.kind) {
    case 'marking':
      return [mark(state, index, process, relay.seen, protocol)];
    case 'waiting': {
      const { waitsFor, next, seen } = relay;
      const ended: Relay = next === 'marking' ? { kind: next, seen } : { kind: next };
      const waited = withRelay(state, index, ended);
      return waitsFor.length === 0 ? [step(`process ${index} has waited long enough`, waited)] : [];
    }
    case 'deleting-lease':
      return [deleteKey(state, index, process, 'lease', protocol)];
    case 'deleting-value':
      return [deleteKey(state, index, process, 'value', protocol)];
    case 'ending':
      return [end(state, index, process, protocol)];
  }
}

function mark(
  state: State,
  index: number,
  { database }: Process,
  seen: Watermark | undefined,
  protocol: Protocol,
): Step<State> {
  if (!mayWrite(state.redis, database, protocol) || !isSame(state.redis.watermark, seen)) {
    return refuse(state, index);
  }
  const relay: Relay =
    protocol.clearingWaits === 'after-its-mark'
      ? {
          kind: 'waiting',
          waitsFor: otherReaders(state, index, protocol),
          next: 'deleting-lease',
          seen: undefined,
        }
      : { kind: 'deleting-lease' };
  const redis: Redis = { ...state.redis, watermark: { kind: 'clearing', by: index } };
  return step(`process ${index} marks its clearing`, withRelay({ ...state, redis }, index, relay));
}

function deleteKey(
  state: State,
  index: number,
  process: Process,
  what: 'lease' | 'value',
  protocol: Protocol,
): Step<State> {
  if (!isClearing(state.redis, index, process, protocol)) {
    return refuse(state, index);
  }
  const isKept = what === 'lease' && protocol.clears === 'values';
  const redis = isKept ? state.redis : { ...state.redis, [what]: undefined };
  const next: Relay = { kind: what === 'lease' ? 'deleting-value' : 'ending' };
  return step(`process ${index} deletes the ${what}`, withRelay({ ...state, redis }, index, next));
}

function end(state: State, index: number, process: Process, protocol: Protocol): Step<State> {
  if (!isClearing(state.redis, index, process, protocol)) {
    return refuse(state, index);
  }
  const redis: Redis = { ...state.redis, watermark: { kind: 'of', database: process.database } };
  const ended = withRelay({ ...state, redis }, index, { kind: 'idle' });
  return step(`process ${index} ends its clearing`, ended);
}

function refuse(state: State, index: number): Step<State> {
  const idle = withRelay(state, index, { kind: 'idle' });
  return step(`the clearing of process ${index} is refused`, idle);
}

/** Returns the other processes that may read Redis because of a poll that began before now. */
function otherReaders({ processes }: State, index: number, { mayReadFrom }: Protocol): number[] {
  const isPolling = ({ relay }: Process) => relay.kind === 'polled' || relay.kind === 'applying';
  return [...processes.keys()].filter((other) => {
    const process = processes[other];
    const willRead = mayReadFrom === 'start-of-poll' && process && isPolling(process);
    return other !== index && (process?.mayRead || willRead);
  });
}

/** Returns whether the claim allows the processes of a database to APPLY and to clear. */
export function mayWrite({ claim }: Redis, database: number, protocol: Protocol): boolean {
  return !protocol.writesCompareClaim || protocol.claim === 'ignored' || claim === database;
}

function isClearing(
  redis: Redis,
  index: number,
  { database }: Process,
  protocol: Protocol,
): boolean {
  const { watermark } = redis;
  const hasMark = watermark?.kind === 'clearing' && watermark.by === index;
  return hasMark && mayWrite(redis, database, protocol);
}

function isSame(one: Watermark | undefined, other: Watermark | undefined): boolean {
  if (one?.kind === 'clearing') {
    return other?.kind === 'clearing' && one.by === other.by;
  }
  return one?.kind === other?.kind && one?.database === other?.database;
}

function withRelay(state: State, index: number, relay: Relay): State {
  return withProcess(state, index, { relay });
}
