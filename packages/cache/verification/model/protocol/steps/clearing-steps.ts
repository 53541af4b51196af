import { type Step, step } from '../../search/search.js';
import type { Configuration, Protocol } from '../configuration.js';
import { describeWatermark, keyName } from '../descriptions.js';
import { noFence } from '../initial-state.js';
import { acknowledgeWatermark } from '../promises.js';
import {
  type AppliedWatermark,
  type Key,
  type Redis,
  type RelayOf,
  type State,
  type Watermark,
  withRelay,
} from '../state.js';
import { isSameWatermark, watermarkAtHead } from '../watermark.js';
import { withoutFence, withValue } from './redis-scripts.js';

type Clearing = RelayOf<'clearing'>;

/** Returns a clearing before its first scan. */
export function startOfClearing(expected: Watermark | undefined, next: AppliedWatermark): Clearing {
  return { kind: 'clearing', expected, next, batch: 0, position: 0, found: false };
}

/** Returns the next step of a clearing: scan for a key, delete the key that was found, or end. */
export function clearingStep(
  state: State,
  index: number,
  clearing: Clearing,
  { protocol }: Configuration,
): Step<State> {
  if (clearing.position === 2 * state.redis.values.length) {
    return end(state, index, clearing, protocol);
  }
  return clearing.found
    ? deleteFound(state, index, clearing, protocol)
    : scan(state, index, clearing, protocol);
}

function scan(state: State, index: number, clearing: Clearing, protocol: Protocol): Step<State> {
  const target = targetAt(clearing.position, state.redis, protocol);
  const found = exists(state.redis, target);
  const position = found ? clearing.position : clearing.position + 1;
  return step(
    `relay ${index} scans for ${describeTarget(target)}`,
    withRelay(state, index, { ...clearing, position, found }),
  );
}

function deleteFound(
  state: State,
  index: number,
  clearing: Clearing,
  protocol: Protocol,
): Step<State> {
  const compares = protocol.clearing === 'compare-each-batch';
  if (compares && !isSameWatermark(state.redis.watermark, clearing.expected)) {
    return refuse(state, index);
  }
  const target = targetAt(clearing.position, state.redis, protocol);
  const batch = clearing.batch + 1;
  const mark = { kind: 'clearing' as const, by: index, batch };
  const deleted = without(state.redis, target);
  const redis = compares ? { ...deleted, watermark: mark } : deleted;
  const expected = compares ? mark : clearing.expected;
  const next = { ...clearing, expected, batch, position: clearing.position + 1, found: false };
  return step(
    `relay ${index} deletes ${describeTarget(target)}`,
    withRelay({ ...state, redis }, index, next),
  );
}

function end(state: State, index: number, clearing: Clearing, protocol: Protocol): Step<State> {
  if (!isSameWatermark(state.redis.watermark, clearing.expected)) {
    return refuse(state, index);
  }
  const readsAfter = protocol.headOfClearing === 'read-after';
  const next = readsAfter ? watermarkAtHead(state.database, protocol) : clearing.next;
  const ended = withRelay(state, index, { kind: 'idle' });
  const redis = { ...state.redis, watermark: next };
  return step(
    `relay ${index} ends its clearing with the watermark ${describeWatermark(next)}`,
    acknowledgeWatermark({ ...ended, redis }, next, protocol),
  );
}

function refuse(state: State, index: number): Step<State> {
  const idle = withRelay(state, index, { kind: 'idle' });
  return step(`the clearing of relay ${index} is refused`, idle);
}

/** A key in Redis that a clearing deletes. */
interface Target {
  readonly kind: 'fence' | 'value';
  readonly key: Key;
}

/** Fences come first: the scan for values then finds a value that an old lease has filled. */
function targetAt(position: number, { values }: Redis, { clearingOrder }: Protocol): Target {
  const [first, second] =
    clearingOrder === 'fences-first'
      ? (['fence', 'value'] as const)
      : (['value', 'fence'] as const);
  return position < values.length
    ? { kind: first, key: position }
    : { kind: second, key: position - values.length };
}

function exists({ fences, values }: Redis, { kind, key }: Target): boolean {
  const { token, floor } = fences[key] ?? noFence;
  return kind === 'value' ? values[key] !== undefined : token !== undefined || floor > 0;
}

function without(redis: Redis, { kind, key }: Target): Redis {
  return kind === 'value' ? withValue(redis, key, undefined) : withoutFence(redis, key);
}

function describeTarget({ kind, key }: Target): string {
  return `the ${kind} of ${keyName(key)}`;
}
