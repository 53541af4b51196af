import type { Configuration } from './configuration.js';
import { fill, lease } from './redis-scripts.js';
import type { Step } from './search.js';
import { type Key, noFence, processToken, type Reader, type Redis, type State } from './state.js';
import { keyName, versionName } from './wording.js';

/** What the readers may do next. */
export function readerSteps(state: State, configuration: Configuration): Step<State>[] {
  const idle = state.readers.indexOf(undefined);
  const leases =
    idle < 0
      ? []
      : state.database.rows.flatMap((_, key) => leaseStep(state, idle, key, configuration));
  const others = state.readers.flatMap((reader, slot) =>
    reader ? [...advance(state, slot, reader, configuration), giveUp(state, slot, reader)] : [],
  );
  return [...leases, ...others];
}

function leaseStep(
  state: State,
  slot: number,
  key: Key,
  { bounds, protocol }: Configuration,
): Step<State>[] {
  if (state.redis.values[key] && !bounds.earlyRefresh) {
    return [];
  }
  const token = protocol.tokenPer === 'process' ? processToken : slot;
  const next = {
    ...state,
    redis: lease(state.redis, key, token),
    readers: state.readers.with(slot, { key, token, loaded: undefined }),
  };
  return [{ action: `reader ${slot} misses ${keyName(key)} and takes its lease`, state: next }];
}

function advance(
  state: State,
  slot: number,
  reader: Reader,
  configuration: Configuration,
): Step<State>[] {
  const { key, loaded } = reader;
  if (!loaded) {
    return load(state, slot, reader);
  }
  const redis = fill(state.redis, reader, loaded, configuration.protocol);
  const outcome = redis.values === state.redis.values ? 'is refused' : 'fills';
  const action = `reader ${slot} ${outcome} with ${versionName(key, loaded)}`;
  return [{ action, state: leave({ ...state, redis }, slot, reader) }];
}

function load(state: State, slot: number, reader: Reader): Step<State>[] {
  const row = state.database.rows[reader.key];
  if (!row) {
    return [];
  }
  const readers = state.readers.with(slot, { ...reader, loaded: row });
  const action = `reader ${slot} loads ${versionName(reader.key, row)}`;
  return [{ action, state: { ...state, readers } }];
}

/** The reader crashed, its load failed, or it timed out and what it had sent never arrives. */
function giveUp(state: State, slot: number, reader: Reader): Step<State> {
  return { action: `reader ${slot} gives up`, state: leave(state, slot, reader) };
}

/** A token that nobody can use any more is the same as none: any lease may end at any time. */
function leave(state: State, slot: number, reader: Reader): State {
  return {
    ...state,
    redis: forgetToken(state.redis, reader),
    copy: state.copy && forgetToken(state.copy, reader),
    readers: state.readers.with(slot, undefined),
  };
}

function forgetToken(redis: Redis, { key, token }: Reader): Redis {
  const fence = redis.fences[key] ?? noFence;
  if (token === processToken || fence.token !== token) {
    return redis;
  }
  return { ...redis, fences: redis.fences.with(key, { ...fence, token: undefined }) };
}
