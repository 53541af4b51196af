import type { Configuration } from './configuration.js';
import type { Protocol } from './protocol.js';
import { dropFence, withValue } from './redis-scripts.js';
import { become, moveWatermark, type RelayAt } from './relay-progress.js';
import type { Step } from './search.js';
import {
  type AppliedWatermark,
  type Key,
  noFence,
  type Redis,
  type State,
  type Watermark,
} from './state.js';
import { isSameWatermark, watermarkAtHead } from './watermark.js';
import { keyName, watermarkName } from './wording.js';

type Clearing = RelayAt<'clearing'>;

/** A clearing that has looked for nothing yet. */
export function startOfClearing(expected: Watermark | undefined, next: AppliedWatermark): Clearing {
  return { kind: 'clearing', expected, next, batch: 0, place: 0, found: false };
}

/** What a clearing does next: look for a name, delete what it found, or end. */
export function clear(
  state: State,
  slot: number,
  clearing: Clearing,
  { protocol }: Configuration,
): Step<State> {
  if (clearing.place === 2 * state.redis.values.length) {
    return end(state, slot, clearing, protocol);
  }
  return clearing.found
    ? deleteFound(state, slot, clearing, protocol)
    : scan(state, slot, clearing, protocol);
}

function scan(state: State, slot: number, clearing: Clearing, protocol: Protocol): Step<State> {
  const target = targetAt(clearing.place, state.redis, protocol);
  const found = isThere(state.redis, target);
  const place = found ? clearing.place : clearing.place + 1;
  return {
    action: `relay ${slot} scans for ${targetName(target)}`,
    state: become(state, slot, { ...clearing, place, found }),
  };
}

function deleteFound(
  state: State,
  slot: number,
  clearing: Clearing,
  protocol: Protocol,
): Step<State> {
  const compares = protocol.clearing === 'compare-each-batch';
  if (compares && !isSameWatermark(state.redis.watermark, clearing.expected)) {
    return refuse(state, slot);
  }
  const target = targetAt(clearing.place, state.redis, protocol);
  const batch = clearing.batch + 1;
  const mark = { kind: 'clearing' as const, by: slot, batch };
  const redis = without(state.redis, target);
  const marked = compares ? { ...redis, watermark: mark } : redis;
  const expected = compares ? mark : clearing.expected;
  const next = { ...clearing, expected, batch, place: clearing.place + 1, found: false };
  return {
    action: `relay ${slot} deletes ${targetName(target)}`,
    state: become({ ...state, redis: marked }, slot, next),
  };
}

function end(state: State, slot: number, clearing: Clearing, protocol: Protocol): Step<State> {
  if (!isSameWatermark(state.redis.watermark, clearing.expected)) {
    return refuse(state, slot);
  }
  const readsAfter = protocol.headOfClearing === 'read-after';
  const next = readsAfter ? watermarkAtHead(state.database, protocol) : clearing.next;
  return {
    action: `relay ${slot} ends its clearing with the watermark ${watermarkName(next)}`,
    state: moveWatermark(become(state, slot, { kind: 'idle' }), next, protocol),
  };
}

function refuse(state: State, slot: number): Step<State> {
  const action = `the clearing of relay ${slot} is refused`;
  return { action, state: become(state, slot, { kind: 'idle' }) };
}

interface Target {
  readonly kind: 'fence' | 'value';
  readonly key: Key;
}

/** Fences go first: what an old lease still fills before its fence goes is found among the values. */
function targetAt(place: number, { values }: Redis, { clearingOrder }: Protocol): Target {
  const [first, second] =
    clearingOrder === 'fences-first'
      ? (['fence', 'value'] as const)
      : (['value', 'fence'] as const);
  return place < values.length
    ? { kind: first, key: place }
    : { kind: second, key: place - values.length };
}

function isThere({ fences, values }: Redis, { kind, key }: Target): boolean {
  const { token, floor } = fences[key] ?? noFence;
  return kind === 'value' ? values[key] !== undefined : token !== undefined || floor > 0;
}

function without(redis: Redis, { kind, key }: Target): Redis {
  return kind === 'value' ? withValue(redis, key, undefined) : dropFence(redis, key);
}

function targetName({ kind, key }: Target): string {
  return `the ${kind} of ${keyName(key)}`;
}
