import { type Step, step } from '../../search/search.js';
import type { Configuration } from '../configuration.js';
import { describeWatermark } from '../descriptions.js';
import { acknowledgeWatermark } from '../promises.js';
import { type Relay, type RelayOf, type State, withRelay } from '../state.js';
import { isSameWatermark, planFor } from '../watermark.js';
import { clearingStep, startOfClearing } from './clearing-steps.js';
import { invalidateUnlessApplied } from './redis-scripts.js';

/** Returns the next step of each relay. */
export function relaySteps(state: State, configuration: Configuration): Step<State>[] {
  return state.relays.map((relay, index) => nextStep(state, index, relay, configuration));
}

function nextStep(state: State, index: number, relay: Relay, configuration: Configuration) {
  switch (relay.kind) {
    case 'idle':
      return poll(state, index, configuration);
    case 'polled':
      return readLog(state, index, relay, configuration);
    case 'applying':
      return apply(state, index, relay, configuration);
    case 'clearing':
      return clearingStep(state, index, relay, configuration);
  }
}

/** Reads the watermark from Redis. A watermark of this timeline is an acknowledgement. */
function poll(state: State, index: number, { protocol }: Configuration): Step<State> {
  const seen = state.redis.watermark;
  const polled = withRelay(state, index, { kind: 'polled', seen });
  return step(
    `relay ${index} reads the watermark ${describeWatermark(seen)}`,
    acknowledgeWatermark(polled, seen, protocol),
  );
}

/** Reads the log from the database. More changes may have been committed since the poll. */
function readLog(
  state: State,
  index: number,
  { seen: expected }: RelayOf<'polled'>,
  { protocol }: Configuration,
): Step<State> {
  const plan = planFor(expected, state.database, protocol);
  const action = `relay ${index} reads the log`;
  switch (plan.kind) {
    case 'nothing':
      return step(`${action}: all is applied`, withRelay(state, index, { kind: 'idle' }));
    case 'apply': {
      const { changes, next } = plan;
      const versions = changes.map(({ row }) => row.version).join(', ');
      return step(
        `${action}: [${versions}] up to ${describeWatermark(next)}`,
        withRelay(state, index, { kind: 'applying', expected, changes, next }),
      );
    }
    case 'clear':
      return step(
        `${action}: another timeline, so it clears up to ${describeWatermark(plan.next)}`,
        withRelay(state, index, startOfClearing(expected, plan.next)),
      );
  }
}

function apply(
  state: State,
  index: number,
  { expected, changes, next }: RelayOf<'applying'>,
  { protocol }: Configuration,
): Step<State> {
  const idle = withRelay(state, index, { kind: 'idle' });
  const action = `APPLY of relay ${index}`;
  const compares = protocol.apply === 'compare-and-set';
  if (compares && !isSameWatermark(state.redis.watermark, expected)) {
    return step(`${action} is refused`, idle);
  }
  const redis = { ...changes.reduce(invalidateUnlessApplied, state.redis), watermark: next };
  return step(
    `${action} moves the watermark to ${describeWatermark(next)}`,
    acknowledgeWatermark({ ...idle, redis }, next, protocol),
  );
}
