import { EventEmitter, once } from 'node:events';
import { ChangeLogError, OutdatedStoreError } from '../../relay/relay-errors.js';
import type { StoreState } from '../../store/cache-store.js';
import type { StoreEvent } from '../../store/store-event.js';
import type { StoreFailure } from '../../store/store-failure.js';
import { StoreUnavailableError } from '../../store/store-unavailable-error.js';
import { refusesUse } from '../failure/failure-kinds.js';
import { failureOf } from '../failure/failure-of.js';
import { FailureReport } from '../failure/failure-report.js';
import { CircuitBreaker } from './circuit-breaker.js';
import { isReadOnly, isReplyError, type RedisClient } from './redis-client.js';
import { WatchedConnection } from './watched-connection.js';

/** What a guarded connection guards, and how. */
export interface GuardedConnectionOptions {
  readonly client: RedisClient;
  /** Tries out what Redis lets this process do, and leaves nothing; see `Trial`. */
  readonly tryUse: () => Promise<unknown>;
  /** Brings Redis up to date before it is used, at first and after every outage; see `Recovery`. */
  readonly recover: () => Promise<Recovery>;
  readonly failureThreshold: number;
  /** Called when Redis refused a new entry because its memory is full. */
  readonly onOutOfMemory: (failure: StoreFailure) => void;
  readonly onEvent: (event: StoreEvent) => void;
}

/** What was done to bring Redis up to date with everything that was committed before it was begun. */
export interface Recovery {
  /** How many changes were applied. */
  readonly applied: number;
  /** How many keys were deleted because it was not known whether they are outdated. */
  readonly cleared: number;
}

/** A connection to Redis that is used only while Redis answers and is up to date. */
export class GuardedConnection {
  readonly #client: RedisClient;
  readonly #connection: WatchedConnection;
  readonly #breaker: CircuitBreaker;
  readonly #changes = new EventEmitter();
  readonly #tryUse: GuardedConnectionOptions['tryUse'];
  readonly #recover: () => Promise<Recovery>;
  readonly #onOutOfMemory: GuardedConnectionOptions['onOutOfMemory'];
  readonly #onEvent: (event: StoreEvent) => void;
  readonly #report = new FailureReport();
  #recovering = false;
  #isClosing = false;
  /** Whether the last attempt found a replica, which a new connection at once may well find again. */
  #foundReplica = false;

  constructor(options: GuardedConnectionOptions) {
    const { client, tryUse, recover, failureThreshold, onOutOfMemory, onEvent } = options;
    this.#client = client;
    this.#tryUse = tryUse;
    this.#recover = recover;
    this.#onOutOfMemory = onOutOfMemory;
    this.#onEvent = onEvent;
    this.#breaker = new CircuitBreaker({
      failureThreshold,
      probePause: { minMs: 100, maxMs: 1000 },
      probe: (watch) => this.#probe(watch),
      onChange: (state, cause) => this.#onChange(state, cause),
    });
    this.#connection = new WatchedConnection(client, {
      onReady: () => {
        if (!this.#foundReplica) {
          void this.#breaker.probe();
        }
      },
      onFailure: (error) => this.#note(error),
      // At once, without counting failures: whoever answers next may be another server.
      onEnd: (error) => {
        this.#breaker.open(error);
        this.#note(error);
      },
    });
  }

  get state(): StoreState {
    return this.#breaker.state;
  }

  /** Why Redis is not used; undefined while it is, and before anything is known. */
  get failure(): StoreFailure | undefined {
    return this.#report.latest;
  }

  /**
   * Runs a command, and takes note whether Redis answered.
   *
   * @throws StoreUnavailableError when Redis is not to be used; the command is then not run.
   */
  run<T>(command: (client: RedisClient) => Promise<T>): Promise<T> {
    return this.#run(this.#breaker.state === 'ready', command);
  }

  /**
   * As `run`, also while Redis, which answers, is being brought up to date: what is written then
   * need not wait for the next attempt to bring it up to date, or there might always be a next.
   */
  runWhileRecovering<T>(command: (client: RedisClient) => Promise<T>): Promise<T> {
    return this.#run(this.#breaker.state === 'ready' || this.#recovering, command);
  }

  /** Stops using Redis until it has been brought up to date. */
  suspend(cause: unknown): void {
    this.#breaker.open(cause);
  }

  /** Waits until Redis may be used, and answers whether it may. */
  async waitUntilReady(timeoutMs: number): Promise<boolean> {
    if (this.state !== 'ready') {
      await once(this.#changes, 'ready', { signal: AbortSignal.timeout(timeoutMs) }).catch(
        () => undefined,
      );
    }
    return this.state === 'ready';
  }

  /** Lets the commands under way end if they do so in time, and disconnects. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#breaker.stop();
    await this.#client.quit().catch(() => undefined);
    this.#client.disconnect();
  }

  #onChange(state: StoreState, cause: unknown): void {
    this.#changes.emit(state);
    this.#report.clear();
    if (state === 'ready') {
      this.#onEvent({ type: 'state', state });
    } else {
      const failure = this.#failureOf(cause);
      this.#report.note(failure);
      this.#onEvent({ type: 'state', state, failure });
    }
  }

  /** Takes note of why Redis, which is not in use, cannot be used yet. */
  #note(error: unknown): void {
    if (this.#breaker.state === 'bypassed' && !this.#isClosing) {
      const failure = this.#failureOf(error);
      if (this.#report.note(failure)) {
        this.#onEvent({ type: 'unusable', failure });
      }
    }
  }

  #failureOf(error: unknown): StoreFailure {
    const failure = failureOf(error);
    const { connectTimeout } = this.#client.options;
    return failure.kind === 'connect-timeout' && connectTimeout !== undefined
      ? { ...failure, limitMs: connectTimeout }
      : failure;
  }

  #run<T>(usable: boolean, command: (client: RedisClient) => Promise<T>): Promise<T> {
    if (!usable) {
      return Promise.reject(new StoreUnavailableError());
    }
    try {
      const answer = command(this.#client);
      // Beside what the caller waits for, and first: a promise in between would delay every answer.
      void answer.then(this.#onAnswer, this.#onFailure);
      return answer;
    } catch (error) {
      // A command that could not even be put together, such as one too long for a string.
      this.#onFailure(error);
      return Promise.reject(error);
    }
  }

  readonly #onAnswer = (): void => this.#breaker.succeeded();

  readonly #onFailure = (error: unknown): void => {
    if (!isReplyError(error)) {
      this.#breaker.failed(error);
      return;
    }
    this.#breaker.succeeded();
    const failure = failureOf(error);
    if (failure.kind === 'out-of-memory') {
      this.#onOutOfMemory(failure);
    } else if (refusesUse(failure.kind)) {
      this.#breaker.open(error);
    }
    if (failure.kind === 'replica') {
      this.#connection.replace(error);
    }
  };

  async #probe(watch: () => () => boolean): Promise<void> {
    if (this.#client.status !== 'ready') {
      throw new Error('There is no connection to Redis');
    }
    try {
      await this.#tryUse();
      this.#recovering = true;
      const markReady = watch();
      const recovery = await this.#recover();
      this.#foundReplica = false;
      if (markReady()) {
        this.#onEvent({ type: 'recovered', ...recovery });
      }
    } catch (error) {
      this.#foundReplica = isReadOnly(error);
      this.#note(error);
      if (this.#foundReplica || !provesConnection(error)) {
        // After a hung server or a broken path a new connection finds out sooner than the old one; after
        // a failover that left the old one open, a new one leads to who is the primary now.
        this.#connection.replace(error);
      }
      throw error;
    } finally {
      this.#recovering = false;
    }
  }
}

/** Whether Redis replied to what led to this error, so that another connection would not help. */
function provesConnection(error: unknown): boolean {
  return (
    isReplyError(error) || error instanceof ChangeLogError || error instanceof OutdatedStoreError
  );
}
