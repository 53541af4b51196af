import type { Bounds } from './configuration.js';

/** The number of a database, and of the service whose processes use it. */
export type DatabaseId = number;

/** A watermark. This model does not need to know which changes are applied. */
export type Watermark =
  | { readonly kind: 'of'; readonly database: DatabaseId }
  /** The process that clears. It stands for the random id of the clearing. */
  | { readonly kind: 'clearing'; readonly by: number };

/** Everything that Redis keeps for one key of the namespace, loses and restores together. */
export interface Redis {
  /** The database that claims the namespace. */
  readonly claim: DatabaseId | undefined;
  readonly watermark: Watermark | undefined;
  /** The database from which the value was loaded. */
  readonly value: DatabaseId | undefined;
  /** The process that holds the lease. */
  readonly lease: number | undefined;
}

/** A relay between two of its commands. */
export type Relay =
  | { readonly kind: 'idle' }
  | { readonly kind: 'polled'; readonly seen: Watermark | undefined; readonly isLate: boolean }
  | { readonly kind: 'applying'; readonly isLate: boolean }
  /** Will replace the watermark that it saw with its mark. */
  | { readonly kind: 'marking'; readonly seen: Watermark | undefined }
  /** Waits until these processes may no longer read Redis because of an earlier poll. */
  | {
      readonly kind: 'waiting';
      readonly waitsFor: readonly number[];
      readonly next: 'marking' | 'deleting-lease';
      readonly seen: Watermark | undefined;
    }
  | { readonly kind: 'deleting-lease' }
  | { readonly kind: 'deleting-value' }
  | { readonly kind: 'ending' };

/** A relay of this kind. */
export type RelayOf<Kind extends Relay['kind']> = Extract<Relay, { kind: Kind }>;

/** A process of one of the services. */
export interface Process {
  readonly database: DatabaseId;
  /** Whether it may read Redis, because of a poll within the last `maxLagMs`. */
  readonly mayRead: boolean;
  /** Whether one of its readers took the lease, and will fill the key. */
  readonly isLoading: boolean;
  readonly relay: Relay;
  /** Whether it took the claim when nobody held it, and was not up to date since. */
  readonly tookFreeClaim: boolean;
  /** Whether it found the claim of another database, and was not up to date since. */
  readonly sawOtherClaim: boolean;
}

/** The state of the whole system at one moment. */
export interface State {
  readonly redis: Redis;
  /** An older copy of Redis: a replica or a snapshot. */
  readonly copy: Redis | undefined;
  readonly processes: readonly Process[];
  readonly failoversLeft: number;
}

/** Returns the initial state: an empty Redis, and processes that have just started. */
export function initialState({ databases, failovers }: Bounds): State {
  const redis = { claim: undefined, watermark: undefined, value: undefined, lease: undefined };
  return {
    redis,
    copy: undefined,
    processes: databases.map(startedProcess),
    failoversLeft: failovers,
  };
}

/** Returns a process that has just started. */
export function startedProcess(database: DatabaseId): Process {
  return {
    database,
    mayRead: false,
    isLoading: false,
    relay: { kind: 'idle' },
    tookFreeClaim: false,
    sawOtherClaim: false,
  };
}

/** Returns the state with some fields of a process changed. */
export function withProcess(state: State, index: number, changes: Partial<Process>): State {
  const process = state.processes[index];
  return process
    ? { ...state, processes: state.processes.with(index, { ...process, ...changes }) }
    : state;
}
