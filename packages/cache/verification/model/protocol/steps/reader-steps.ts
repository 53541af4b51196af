import { type Step, step } from '../../search/search.js';
import type { Configuration } from '../configuration.js';
import { describeVersion, keyName } from '../descriptions.js';
import { noFence, PROCESS_TOKEN } from '../initial-state.js';
import type { Key, Reader, Redis, State } from '../state.js';
import { fill, lease } from './redis-scripts.js';

/** Returns the possible next steps of all readers. */
export function readerSteps(state: State, configuration: Configuration): Step<State>[] {
  const idle = state.readers.indexOf(undefined);
  const leases =
    idle < 0
      ? []
      : state.database.rows.flatMap((_, key) => leaseSteps(state, idle, key, configuration));
  const others = state.readers.flatMap((reader, index) =>
    reader ? [...nextSteps(state, index, reader, configuration), giveUp(state, index, reader)] : [],
  );
  return [...leases, ...others];
}

function leaseSteps(
  state: State,
  index: number,
  key: Key,
  { bounds, protocol }: Configuration,
): Step<State>[] {
  if (state.redis.values[key] && !bounds.earlyRefresh) {
    return [];
  }
  const token = protocol.tokenPer === 'process' ? PROCESS_TOKEN : index;
  const leased = {
    ...state,
    redis: lease(state.redis, key, token),
    readers: state.readers.with(index, { key, token, loaded: undefined }),
  };
  return [step(`reader ${index} misses ${keyName(key)} and takes its lease`, leased)];
}

function nextSteps(
  state: State,
  index: number,
  reader: Reader,
  configuration: Configuration,
): Step<State>[] {
  const { key, loaded } = reader;
  if (!loaded) {
    return loadSteps(state, index, reader);
  }
  const redis = fill(state.redis, reader, loaded, configuration.protocol);
  const isRefused = redis.values === state.redis.values;
  const text = describeVersion(key, loaded);
  const action = isRefused
    ? `the fill of reader ${index} with ${text} is refused`
    : `reader ${index} fills ${text}`;
  return [step(action, endReader({ ...state, redis }, index, reader))];
}

function loadSteps(state: State, index: number, reader: Reader): Step<State>[] {
  const row = state.database.rows[reader.key];
  if (!row) {
    return [];
  }
  const readers = state.readers.with(index, { ...reader, loaded: row });
  return [step(`reader ${index} loads ${describeVersion(reader.key, row)}`, { ...state, readers })];
}

/** The reader crashes, its load fails, or it times out and its command never arrives. */
function giveUp(state: State, index: number, reader: Reader): Step<State> {
  return step(`reader ${index} gives up`, endReader(state, index, reader));
}

/** Any lease may end at any time, so the lease of an ended reader may end at once. */
function endReader(state: State, index: number, reader: Reader): State {
  return {
    ...state,
    redis: endLease(state.redis, reader),
    copy: state.copy && endLease(state.copy, reader),
    readers: state.readers.with(index, undefined),
  };
}

function endLease(redis: Redis, { key, token }: Reader): Redis {
  const fence = redis.fences[key] ?? noFence;
  if (token === PROCESS_TOKEN || fence.token !== token) {
    return redis;
  }
  return { ...redis, fences: redis.fences.with(key, { ...fence, token: undefined }) };
}
