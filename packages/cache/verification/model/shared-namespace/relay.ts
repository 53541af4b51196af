import type { Step } from '../search.js';
import type { Protocol } from './configuration.js';
import type { Process, Redis, Relay, State, Watermark } from './state.js';

const idle: Relay = { kind: 'idle' };

/** What the relay of a process may do next. */
export function relaySteps(state: State, slot: number, protocol: Protocol): Step<State>[] {
  const process = state.processes[slot];
  if (!process) {
    return [];
  }
  const { relay } = process;
  switch (relay.kind) {
    case 'idle':
      return [look(state, slot, process, protocol)];
    case 'looked':
      return [decide(state, slot, process, relay, protocol)];
    case 'applying':
      return [apply(state, slot, process, relay.isLate, protocol)];
    case 'marking':
      return [mark(state, slot, process, relay.seen, protocol)];
    case 'waiting': {
      const next: Relay =
        relay.next === 'marking' ? { kind: 'marking', seen: relay.seen } : { kind: relay.next };
      const waited = step(`process ${slot} has waited long enough`, become(state, slot, next));
      return relay.waitsFor.length === 0 ? [waited] : [];
    }
    case 'deleting-leases':
      return [remove(state, slot, process, 'lease', protocol)];
    case 'deleting-values':
      return [remove(state, slot, process, 'value', protocol)];
    case 'ending':
      return [end(state, slot, process, protocol)];
  }
}

/** CLAIM: takes the claim where it is free, and reads the watermark where it is the own one. */
function look(state: State, slot: number, process: Process, { claim }: Protocol): Step<State> {
  const { redis } = state;
  if (claim === 'compared' && redis.claim !== undefined && redis.claim !== process.database) {
    const refused = { trusts: false, hasTaken: false, metOther: true };
    return step(`process ${slot} finds the other claim`, change(state, slot, refused));
  }
  const isNew = redis.claim === undefined;
  const seen = redis.watermark;
  const looked = change({ ...state, redis: { ...redis, claim: process.database } }, slot, {
    hasTaken: process.hasTaken || isNew,
    relay: { kind: 'looked', seen, isLate: false },
  });
  return step(`process ${slot} claims and sees ${watermarkName(seen)}`, looked);
}

function decide(
  state: State,
  slot: number,
  process: Process,
  { seen, isLate }: Extract<Relay, { kind: 'looked' }>,
  protocol: Protocol,
): Step<State> {
  if (seen?.kind === 'of' && seen.database === process.database) {
    return step(`process ${slot} is up to date`, agree(state, slot, isLate, protocol));
  }
  if (!seen && !process.metOther) {
    const applying = change(state, slot, { relay: { kind: 'applying', isLate } });
    return step(`process ${slot} is to replay its log`, applying);
  }
  const mayClear = process.hasTaken || seen?.kind !== 'of' || protocol.claim === 'ignored';
  const relay = mayClear ? beginClearing(state, slot, seen, protocol) : idle;
  const text = mayClear ? 'is to clear' : 'stays out';
  return step(`process ${slot} ${text}`, change(state, slot, { trusts: false, relay }));
}

function beginClearing(
  state: State,
  slot: number,
  seen: Watermark | undefined,
  protocol: Protocol,
): Relay {
  return protocol.clearingWaits === 'before-its-mark'
    ? { kind: 'waiting', waitsFor: whoMayRead(state, slot, protocol), next: 'marking', seen }
    : { kind: 'marking', seen };
}

function apply(
  state: State,
  slot: number,
  process: Process,
  isLate: boolean,
  protocol: Protocol,
): Step<State> {
  const { database } = process;
  if (!holdsClaim(state.redis, database, protocol) || state.redis.watermark) {
    return step(`APPLY of process ${slot} is refused`, change(state, slot, { relay: idle }));
  }
  const redis: Redis = { ...state.redis, watermark: { kind: 'of', database } };
  return step(`APPLY of process ${slot}`, agree({ ...state, redis }, slot, isLate, protocol));
}

/** The process reads Redis from now on, unless that poll began too long ago. */
function agree(state: State, slot: number, isLate: boolean, { trustFrom }: Protocol): State {
  const agreed = { relay: idle, hasTaken: false, metOther: false };
  return change(
    state,
    slot,
    isLate && trustFrom === 'start-of-poll' ? agreed : { ...agreed, trusts: true },
  );
}

function mark(
  state: State,
  slot: number,
  { database }: Process,
  seen: Watermark | undefined,
  protocol: Protocol,
): Step<State> {
  const { redis } = state;
  if (!holdsClaim(redis, database, protocol) || !isSame(redis.watermark, seen)) {
    return step(`the clearing of process ${slot} is refused`, become(state, slot, idle));
  }
  const relay: Relay =
    protocol.clearingWaits === 'after-its-mark'
      ? {
          kind: 'waiting',
          waitsFor: whoMayRead(state, slot, protocol),
          next: 'deleting-leases',
          seen: undefined,
        }
      : { kind: 'deleting-leases' };
  const marked: Redis = { ...redis, watermark: { kind: 'clearing', by: slot } };
  return step(`process ${slot} begins to clear`, become({ ...state, redis: marked }, slot, relay));
}

function remove(
  state: State,
  slot: number,
  process: Process,
  what: 'lease' | 'value',
  protocol: Protocol,
): Step<State> {
  if (!isClearing(state.redis, slot, process, protocol)) {
    return step(`the clearing of process ${slot} is refused`, become(state, slot, idle));
  }
  const stays = what === 'lease' && protocol.clears === 'values';
  const redis = stays ? state.redis : { ...state.redis, [what]: undefined };
  const next: Relay = { kind: what === 'lease' ? 'deleting-values' : 'ending' };
  return step(`process ${slot} deletes the ${what}`, become({ ...state, redis }, slot, next));
}

function end(state: State, slot: number, process: Process, protocol: Protocol): Step<State> {
  if (!isClearing(state.redis, slot, process, protocol)) {
    return step(`the clearing of process ${slot} is refused`, become(state, slot, idle));
  }
  const watermark: Watermark = { kind: 'of', database: process.database };
  const ended = become({ ...state, redis: { ...state.redis, watermark } }, slot, idle);
  return step(`process ${slot} ends its clearing`, ended);
}

/** Those who read Redis, or will after a poll under way, because of what was there until now. */
function whoMayRead({ processes }: State, slot: number, { trustFrom }: Protocol): number[] {
  const polls = ({ relay }: Process) => relay.kind === 'looked' || relay.kind === 'applying';
  return [...processes.keys()].filter((other) => {
    const process = processes[other];
    const counts = trustFrom === 'start-of-poll' && process && polls(process);
    return other !== slot && (process?.trusts || counts);
  });
}

function holdsClaim({ claim }: Redis, database: number, protocol: Protocol): boolean {
  return !protocol.writesCompareClaim || protocol.claim === 'ignored' || claim === database;
}

function isClearing(
  redis: Redis,
  slot: number,
  { database }: Process,
  protocol: Protocol,
): boolean {
  const { watermark } = redis;
  const isMarked = watermark?.kind === 'clearing' && watermark.by === slot;
  return isMarked && holdsClaim(redis, database, protocol);
}

function isSame(one: Watermark | undefined, other: Watermark | undefined): boolean {
  if (one?.kind === 'clearing') {
    return other?.kind === 'clearing' && one.by === other.by;
  }
  return one?.kind === other?.kind && one?.database === other?.database;
}

function become(state: State, slot: number, relay: Relay): State {
  return change(state, slot, { relay });
}

/** The state with a process changed. */
export function change(state: State, slot: number, changes: Partial<Process>): State {
  const process = state.processes[slot];
  return process
    ? { ...state, processes: state.processes.with(slot, { ...process, ...changes }) }
    : state;
}

/** Something that happens. */
export function step(action: string, state: State): Step<State> {
  return { action, state };
}

function watermarkName(watermark: Watermark | undefined): string {
  switch (watermark?.kind) {
    case undefined:
      return 'no watermark';
    case 'of':
      return `the watermark of database ${watermark.database}`;
    case 'clearing':
      return `the clearing of process ${watermark.by}`;
  }
}
