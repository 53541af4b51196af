import { EventEmitter, once } from 'node:events';
import type { StoreEvent } from '../cache-event.js';
import type { StoreState } from '../cache-store.js';
import { ChangeLogError } from '../relay/change-log-error.js';
import { StoreUnavailableError } from '../store-unavailable-error.js';
import { CircuitBreaker } from './circuit-breaker.js';
import { isReadOnly, isReplyError, type RedisClient } from './redis-client.js';

/** What a guarded connection guards, and how. */
export interface GuardedConnectionOptions {
  readonly client: RedisClient;
  /** A write that changes nothing, which a Redis refuses that is a replica. */
  readonly tryWrite: (client: RedisClient) => Promise<unknown>;
  /** Brings Redis up to date before it is used, at first and after every outage; see `Recovery`. */
  readonly recover: () => Promise<Recovery>;
  readonly failureThreshold: number;
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
  readonly #breaker: CircuitBreaker;
  readonly #changes = new EventEmitter();
  readonly #tryWrite: GuardedConnectionOptions['tryWrite'];
  readonly #recover: () => Promise<Recovery>;
  readonly #onEvent: (event: StoreEvent) => void;
  #recovering = false;
  /** Whether the last attempt found a replica, which a new connection at once may well find again. */
  #foundReplica = false;
  /** What was reported last, since Redis was last used. */
  #reported: string | undefined;

  constructor(options: GuardedConnectionOptions) {
    const { client, tryWrite, recover, failureThreshold, onEvent } = options;
    this.#client = client;
    this.#tryWrite = tryWrite;
    this.#recover = recover;
    this.#onEvent = onEvent;
    this.#breaker = new CircuitBreaker({
      failureThreshold,
      probePause: { minMs: 100, maxMs: 1000 },
      probe: (watch) => this.#probe(watch),
      onChange: (state, cause) => {
        this.#changes.emit(state);
        onEvent({ type: 'state', state, ...(cause && { cause }) });
      },
    });
    this.#watchClient();
  }

  get state(): StoreState {
    return this.#breaker.state;
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
    this.#breaker.open(asError(cause));
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
    this.#breaker.stop();
    await this.#client.quit().catch(() => undefined);
    this.#client.disconnect();
  }

  #watchClient(): void {
    let lastError = new Error('The connection to Redis was closed');
    this.#client.on('error', (error: Error) => {
      lastError = error;
      this.#report(error);
    });
    // At once, without counting failures: whoever answers next may be another server.
    this.#client.on('close', () => this.#breaker.open(lastError));
    this.#client.on('ready', () => {
      lastError = new Error('The connection to Redis was closed');
      if (!this.#foundReplica) {
        void this.#breaker.probe();
      }
    });
  }

  #report(error: Error): void {
    if (error.message !== this.#reported) {
      this.#reported = error.message;
      this.#onEvent({ type: 'connection-error', error });
    }
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
    if (isReadOnly(error)) {
      this.#breaker.open(asError(error));
      this.#replace();
    } else if (isReplyError(error)) {
      this.#breaker.succeeded();
    } else {
      this.#breaker.failed(asError(error));
    }
  };

  async #probe(watch: () => () => boolean): Promise<void> {
    if (this.#client.status !== 'ready') {
      throw new Error('There is no connection to Redis');
    }
    try {
      await this.#tryWrite(this.#client);
      this.#recovering = true;
      const markReady = watch();
      const recovery = await this.#recover();
      this.#foundReplica = false;
      if (markReady()) {
        this.#reported = undefined;
        this.#onEvent({ type: 'recovered', ...recovery });
      }
    } catch (error) {
      this.#foundReplica = isReadOnly(error);
      if (this.#foundReplica) {
        this.#report(asError(error));
      }
      if (this.#foundReplica || !(isReplyError(error) || error instanceof ChangeLogError)) {
        this.#replace();
      }
      throw error;
    } finally {
      this.#recovering = false;
    }
  }

  /**
   * After a hung server or a broken path a new connection finds out sooner than the old one; after a
   * failover that left the old one open, a new one leads to who is the primary now.
   */
  #replace(): void {
    if (this.#client.status === 'ready') {
      this.#client.disconnect(true);
    }
  }
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}
