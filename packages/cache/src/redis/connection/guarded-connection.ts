import { EventEmitter, once } from 'node:events';
import { ChangeLogError, OutdatedStoreError } from '../../relay/relay-errors.js';
import { type StoreState, StoreUnavailableError } from '../../store/cache-store.js';
import type { StoreEvent } from '../../store/store-event.js';
import type { StoreFailure } from '../../store/store-failure.js';
import { refusesUse } from '../failure/failure-kinds.js';
import { failureOf } from '../failure/failure-of.js';
import { FailureReport } from '../failure/failure-report.js';
import { CircuitBreaker } from './circuit-breaker.js';
import { isReadOnly, isReplyError, type RedisClient } from './redis-client.js';
import { WatchedConnection } from './watched-connection.js';

/** Options for a guarded connection. */
export interface GuardedConnectionOptions {
  readonly client: RedisClient;
  /** Checks that Redis lets this process run all commands of the cache; see `Trial`. */
  readonly tryUse: () => Promise<unknown>;
  /** Brings Redis up to date before its first use and after every outage. */
  readonly recover: () => Promise<Recovery>;
  /** The number of consecutive failures after which Redis is bypassed. */
  readonly failureThreshold: number;
  /** Called when Redis refused a new entry because its memory is full. */
  readonly onOutOfMemory: (failure: StoreFailure) => void;
  readonly onEvent: (event: StoreEvent) => void;
}

/** The result of bringing Redis up to date with all changes that were committed before. */
export interface Recovery {
  /** The number of changes that were applied. */
  readonly applied: number;
  /** The number of keys that were deleted because they may have been outdated. */
  readonly cleared: number;
}

/** A connection to Redis that is used only while Redis replies and is up to date. */
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
  /** Whether the last probe found a replica. A new connection would probably find it again. */
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
      probe: (beginPreparation) => this.#probe(beginPreparation),
      onChange: (state, cause) => this.#onChange(state, cause),
    });
    this.#connection = new WatchedConnection(client, {
      onReady: () => {
        if (!this.#foundReplica) {
          void this.#breaker.probe();
        }
      },
      onFailure: (error) => this.#note(error),
      // One lost connection is enough: the next one may lead to another server.
      onEnd: (error) => {
        this.#breaker.open(error);
        this.#note(error);
      },
    });
  }

  get state(): StoreState {
    return this.#breaker.state;
  }

  /** The reason why Redis is not used; undefined while it is used and before the first failure. */
  get failure(): StoreFailure | undefined {
    return this.#report.latest;
  }

  /**
   * Runs a command, and notes whether Redis replied.
   *
   * @throws {StoreUnavailableError} when Redis is bypassed; the command is then not run.
   */
  run<T>(command: (client: RedisClient) => Promise<T>): Promise<T> {
    return this.#run(this.#breaker.state === 'ready', command);
  }

  /**
   * Runs a command as `run` does, but also while Redis is being brought up to date. Otherwise every
   * invalidation during that time would require another attempt, possibly without end.
   */
  runWhileRecovering<T>(command: (client: RedisClient) => Promise<T>): Promise<T> {
    return this.#run(this.#breaker.state === 'ready' || this.#recovering, command);
  }

  /** Stops using Redis until it has been brought up to date. */
  suspend(cause: unknown): void {
    this.#breaker.open(cause);
  }

  /** Waits up to `timeoutMs` milliseconds until Redis is used. Returns whether it is. */
  async waitUntilReady(timeoutMs: number): Promise<boolean> {
    if (this.state !== 'ready') {
      await once(this.#changes, 'ready', { signal: AbortSignal.timeout(timeoutMs) }).catch(
        () => undefined,
      );
    }
    return this.state === 'ready';
  }

  /** Waits for the commands in flight, up to their timeout, and disconnects. */
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
      this.#onEvent({ type: 'state', state, ...this.#serverNamed() });
    } else {
      const failure = this.#failureOf(cause);
      this.#report.note(failure);
      this.#onEvent({ type: 'state', state, failure });
    }
  }

  /** Notes and reports why a bypassed Redis cannot be used yet. */
  #note(error: unknown): void {
    if (this.#breaker.state === 'bypassed' && !this.#isClosing) {
      const failure = this.#failureOf(error);
      if (this.#report.note(failure)) {
        this.#onEvent({ type: 'unusable', failure });
      }
    }
  }

  #failureOf(error: unknown): StoreFailure {
    const failure = { ...failureOf(error), ...this.#serverNamed() };
    const { connectTimeout } = this.#client.options;
    return failure.kind === 'connect-timeout' && connectTimeout !== undefined
      ? { ...failure, limitMs: connectTimeout }
      : failure;
  }

  #serverNamed(): { readonly server?: string } {
    const { server } = this.#connection;
    return server === undefined ? {} : { server };
  }

  #run<T>(isUsable: boolean, command: (client: RedisClient) => Promise<T>): Promise<T> {
    if (!isUsable) {
      return Promise.reject(new StoreUnavailableError());
    }
    try {
      const reply = command(this.#client);
      // The caller gets the original promise: a promise in between would delay every reply.
      void reply.then(this.#onReply, this.#onFailure);
      return reply;
    } catch (error) {
      // The command could not be encoded, for example because it is too long for a string.
      this.#onFailure(error);
      return Promise.reject(error);
    }
  }

  readonly #onReply = (): void => this.#breaker.succeeded();

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

  async #probe(beginPreparation: () => () => boolean): Promise<void> {
    if (this.#client.status !== 'ready') {
      throw new Error('There is no connection to Redis');
    }
    try {
      await this.#tryUse();
      this.#recovering = true;
      const markReady = beginPreparation();
      const recovery = await this.#recover();
      this.#foundReplica = false;
      if (markReady()) {
        this.#onEvent({ type: 'recovered', ...recovery });
      }
    } catch (error) {
      this.#foundReplica = isReadOnly(error);
      this.#note(error);
      if (this.#foundReplica || !provesConnection(error)) {
        // After a hang or a broken network path, a new connection works sooner than the old one.
        // After a failover that left the old connection open, a new one leads to the current
        // primary.
        this.#connection.replace(error);
      }
      throw error;
    } finally {
      this.#recovering = false;
    }
  }
}

/** Returns whether an error shows that Redis replied, so that a new connection would not help. */
function provesConnection(error: unknown): boolean {
  return (
    isReplyError(error) || error instanceof ChangeLogError || error instanceof OutdatedStoreError
  );
}
