import { type Step, step } from '../search/search.js';
import { clearingSteps, mayWrite, startOfClearing } from './clearing-steps.js';
import type { Protocol } from './configuration.js';
import {
  type Process,
  type Redis,
  type RelayOf,
  type State,
  type Watermark,
  withProcess,
} from './state.js';

/** Returns the possible next steps of the relay of a process. */
export function relaySteps(state: State, index: number, protocol: Protocol): Step<State>[] {
  const process = state.processes[index];
  if (!process) {
    return [];
  }
  const { relay } = process;
  switch (relay.kind) {
    case 'idle':
      return [poll(state, index, process, protocol)];
    case 'polled':
      return [decide(state, index, process, relay, protocol)];
    case 'applying':
      return [apply(state, index, process, relay, protocol)];
    default:
      return clearingSteps(state, index, process, relay, protocol);
  }
}

/** CLAIM: takes the claim if it is free, and reads the watermark if the claim is its own. */
function poll(state: State, index: number, process: Process, { claim }: Protocol): Step<State> {
  const { redis } = state;
  const { database } = process;
  if (claim === 'compared' && redis.claim !== undefined && redis.claim !== database) {
    const refused = { mayRead: false, tookFreeClaim: false, sawOtherClaim: true };
    return step(`process ${index} finds another claim`, withProcess(state, index, refused));
  }
  const wasFree = redis.claim === undefined;
  const seen = redis.watermark;
  const polled = withProcess({ ...state, redis: { ...redis, claim: database } }, index, {
    tookFreeClaim: process.tookFreeClaim || wasFree,
    relay: { kind: 'polled', seen, isLate: false },
  });
  return step(`process ${index} holds the claim and reads ${describeWatermark(seen)}`, polled);
}

function decide(
  state: State,
  index: number,
  process: Process,
  { seen, isLate }: RelayOf<'polled'>,
  protocol: Protocol,
): Step<State> {
  if (seen?.kind === 'of' && seen.database === process.database) {
    return step(`process ${index} is up to date`, allowReads(state, index, isLate, protocol));
  }
  if (!seen && !process.sawOtherClaim) {
    const applying = withProcess(state, index, { relay: { kind: 'applying', isLate } });
    return step(`process ${index} decides to replay its log`, applying);
  }
  const mayClear = process.tookFreeClaim || seen?.kind !== 'of' || protocol.claim === 'ignored';
  const relay = mayClear
    ? startOfClearing(state, index, seen, protocol)
    : { kind: 'idle' as const };
  const decision = mayClear ? 'decides to clear' : 'does not use the namespace';
  return step(`process ${index} ${decision}`, withProcess(state, index, { mayRead: false, relay }));
}

function apply(
  state: State,
  index: number,
  { database }: Process,
  { isLate }: RelayOf<'applying'>,
  protocol: Protocol,
): Step<State> {
  if (!mayWrite(state.redis, database, protocol) || state.redis.watermark) {
    const idle = withProcess(state, index, { relay: { kind: 'idle' } });
    return step(`APPLY of process ${index} is refused`, idle);
  }
  const redis: Redis = { ...state.redis, watermark: { kind: 'of', database } };
  return step(
    `APPLY of process ${index} sets the watermark`,
    allowReads({ ...state, redis }, index, isLate, protocol),
  );
}

/** Ends a poll that found the cache up to date. A poll that began too long ago allows no reads. */
function allowReads(state: State, index: number, isLate: boolean, protocol: Protocol): State {
  const upToDate = {
    relay: { kind: 'idle' as const },
    tookFreeClaim: false,
    sawOtherClaim: false,
  };
  const isTooLate = isLate && protocol.mayReadFrom === 'start-of-poll';
  return withProcess(state, index, isTooLate ? upToDate : { ...upToDate, mayRead: true });
}

function describeWatermark(watermark: Watermark | undefined): string {
  switch (watermark?.kind) {
    case undefined:
      return 'no watermark';
    case 'of':
      return `the watermark of database ${watermark.database}`;
    case 'clearing':
      return `the mark of the clearing by process ${watermark.by}`;
  }
}
