import { forgetAcknowledged } from './acknowledgement.js';
import type { Bounds, Configuration } from './configuration.js';
import { emptyRedis } from './initial-state.js';
import { dropFence, withValue } from './redis-scripts.js';
import type { Step } from './search.js';
import type { Redis, Relay, State } from './state.js';
import { keyName } from './wording.js';

/** What Redis may lose next. */
export function redisFaultSteps(state: State, { bounds }: Configuration): Step<State>[] {
  return [
    ...(bounds.losses === 'nothing' ? [] : lossesOfKeys(state)),
    ...(bounds.losses === 'watermark-too' ? lossesOfWatermark(state) : []),
    ...failovers(state, bounds),
  ];
}

function lossesOfKeys(state: State): Step<State>[] {
  const { redis } = state;
  const values = redis.values.flatMap((value, key) =>
    value ? [lose(state, `the value of ${keyName(key)}`, withValue(redis, key, undefined))] : [],
  );
  const fences = redis.fences.flatMap((fence, key) =>
    fence.token === undefined && fence.floor === 0
      ? []
      : [lose(state, `the fence of ${keyName(key)}`, dropFence(redis, key))],
  );
  return [...values, ...fences];
}

function lossesOfWatermark(state: State): Step<State>[] {
  const { redis } = state;
  return redis.watermark
    ? [
        lose(state, 'the watermark', { ...redis, watermark: undefined }),
        lose(state, 'all of Redis', emptyRedis(redis.values.length)),
      ]
    : [];
}

function lose(state: State, what: string, redis: Redis): Step<State> {
  return { action: `${what} is lost`, state: { ...state, redis } };
}

/** A copy is taken at any moment, and comes back at any later one, once or more often. */
function failovers(state: State, { failoverEndsClearing }: Bounds): Step<State>[] {
  if (state.failoversLeft === 0) {
    return [];
  }
  const taken = { action: 'a copy of Redis is taken', state: { ...state, copy: state.redis } };
  if (!state.copy) {
    return [taken];
  }
  const failoversLeft = state.failoversLeft - 1;
  const fallenBack = {
    ...state,
    redis: state.copy,
    copy: failoversLeft > 0 ? state.copy : undefined,
    relays: failoverEndsClearing ? state.relays.map(giveClearingUp) : state.relays,
    failoversLeft,
  };
  return [taken, { action: 'Redis falls back to the copy', state: forgetAcknowledged(fallenBack) }];
}

function giveClearingUp(relay: Relay): Relay {
  return relay.kind === 'clearing' ? { kind: 'idle' } : relay;
}
