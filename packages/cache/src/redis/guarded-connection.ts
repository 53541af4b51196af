import { EventEmitter, once } from 'node:events';
import type { StoreEvent } from '../cache-event.js';
import type { StoreState } from '../cache-store.js';
import { StoreUnavailableError } from '../store-unavailable-error.js';
import { CircuitBreaker } from './circuit-breaker.js';
import { isReplyError, type RedisClient } from './redis-client.js';

/** What a guarded connection guards, and how. */
export interface GuardedConnectionOptions {
  readonly client: RedisClient;
  /** Brings Redis up to date; see `createRecovery`. */
  readonly recover: (markReady: () => boolean) => Promise<void>;
  readonly failureThreshold: number;
  readonly onEvent: (event: StoreEvent) => void;
}

/** A connection to Redis that is used only while Redis answers and is up to date. */
export class GuardedConnection {
  readonly #client: RedisClient;
  readonly #breaker: CircuitBreaker;
  readonly #changes = new EventEmitter();

  constructor({ client, recover, failureThreshold, onEvent }: GuardedConnectionOptions) {
    this.#client = client;
    this.#breaker = new CircuitBreaker({
      failureThreshold,
      probePause: { minMs: 100, maxMs: 1000 },
      probe: (markReady) => this.#probe(recover, markReady),
      onChange: (state, cause) => {
        this.#changes.emit(state);
        onEvent({ type: 'state', state, ...(cause && { cause }) });
      },
    });
    this.#watchClient(onEvent);
  }

  get state(): StoreState {
    return this.#breaker.state;
  }

  /**
   * Runs a command, and takes note whether Redis answered.
   *
   * @throws StoreUnavailableError when Redis is not to be used; the command is then not run.
   */
  async run<T>(command: (client: RedisClient) => Promise<T>): Promise<T> {
    if (this.#breaker.state !== 'ready') {
      throw new StoreUnavailableError();
    }
    try {
      const answer = await command(this.#client);
      this.#breaker.succeeded();
      return answer;
    } catch (error) {
      if (isReplyError(error)) {
        this.#breaker.succeeded();
      } else {
        this.#breaker.failed(asError(error));
      }
      throw error;
    }
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

  #watchClient(onEvent: (event: StoreEvent) => void): void {
    let lastError = new Error('The connection to Redis was closed');
    this.#client.on('error', (error: Error) => {
      if (error.message !== lastError.message) {
        onEvent({ type: 'connection-error', error });
      }
      lastError = error;
    });
    // At once, without counting failures: whoever answers next may be another server.
    this.#client.on('close', () => this.#breaker.open(lastError));
    this.#client.on('ready', () => {
      lastError = new Error('The connection to Redis was closed');
      void this.#breaker.probe();
    });
  }

  async #probe(
    recover: (markReady: () => boolean) => Promise<void>,
    markReady: () => boolean,
  ): Promise<void> {
    try {
      await recover(markReady);
    } catch (error) {
      if (this.#client.status === 'ready' && !isReplyError(error)) {
        // A hung server or a broken path: a new connection finds out sooner than the old one.
        this.#client.disconnect(true);
      }
      throw error;
    }
  }
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}
