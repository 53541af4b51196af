import { acknowledgeWatermark } from './acknowledgement.js';
import type { Configuration } from './configuration.js';
import { invalidateUnlessCovered } from './redis-scripts.js';
import { clear, startOfClearing } from './relay-clearing.js';
import { become, moveWatermark, type RelayAt } from './relay-progress.js';
import type { Step } from './search.js';
import type { Relay, State } from './state.js';
import { isSameWatermark, planFor } from './watermark.js';
import { watermarkName } from './wording.js';

/** What the relays may do next. */
export function relaySteps(state: State, configuration: Configuration): Step<State>[] {
  return state.relays.map((relay, slot) => advance(state, slot, relay, configuration));
}

function advance(state: State, slot: number, relay: Relay, configuration: Configuration) {
  switch (relay.kind) {
    case 'idle':
      return look(state, slot, configuration);
    case 'looked':
      return readLog(state, slot, relay, configuration);
    case 'applying':
      return apply(state, slot, relay, configuration);
    case 'clearing':
      return clear(state, slot, relay, configuration);
  }
}

/** Reads the watermark from Redis; one that is of this history is an acknowledgement. */
function look(state: State, slot: number, { protocol }: Configuration): Step<State> {
  const seen = state.redis.watermark;
  const next = become(state, slot, { kind: 'looked', seen });
  return {
    action: `relay ${slot} sees the watermark ${watermarkName(seen)}`,
    state: acknowledgeWatermark(next, seen, protocol),
  };
}

/** Reads the log from the database, which may have moved on since the look. */
function readLog(
  state: State,
  slot: number,
  { seen: expected }: RelayAt<'looked'>,
  { protocol }: Configuration,
): Step<State> {
  const plan = planFor(expected, state.database, protocol);
  const name = `relay ${slot} reads the log`;
  switch (plan.kind) {
    case 'nothing':
      return { action: `${name}: all is applied`, state: become(state, slot, { kind: 'idle' }) };
    case 'apply': {
      const { changes, next } = plan;
      const versions = changes.map(({ row }) => row.version).join(', ');
      return {
        action: `${name}: [${versions}] up to ${watermarkName(next)}`,
        state: become(state, slot, { kind: 'applying', expected, changes, next }),
      };
    }
    case 'clear':
      return {
        action: `${name}: another history, so all is to be cleared up to ${watermarkName(plan.next)}`,
        state: become(state, slot, startOfClearing(expected, plan.next)),
      };
  }
}

function apply(
  state: State,
  slot: number,
  { expected, changes, next }: RelayAt<'applying'>,
  { protocol }: Configuration,
): Step<State> {
  const idle = become(state, slot, { kind: 'idle' });
  const name = `APPLY of relay ${slot}`;
  const compares = protocol.apply === 'compare-and-set';
  if (compares && !isSameWatermark(state.redis.watermark, expected)) {
    return { action: `${name} is refused`, state: idle };
  }
  const redis = changes.reduce(invalidateUnlessCovered, state.redis);
  return {
    action: `${name} moves the watermark to ${watermarkName(next)}`,
    state: moveWatermark({ ...idle, redis }, next, protocol),
  };
}
