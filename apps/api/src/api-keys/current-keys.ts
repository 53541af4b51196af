import { setTimeout as sleep } from 'node:timers/promises';
import { LAG_TOLERANCE_MS } from '@product-api/cache';
import { type Deferred, deferred } from '../concurrency/deferred.js';
import { repeat } from '../concurrency/repeat.js';
import type { KeyIdentifier, Unidentified } from '../http/access/key-identifier.js';
import type { ApiKeyRepository } from './api-key-repository.js';
import { KeyRing } from './key-ring.js';
import type { KnownKey } from './known-key.js';

/** Maximum milliseconds that a request waits for a poll. */
const MAX_WAIT_MS = 1000;

/** Options of `CurrentKeys`. */
export interface CurrentKeysOptions {
  readonly repository: Pick<ApiKeyRepository, 'version' | 'all'>;
  /** ADMIN_API_KEY, if it is set. It works also while the database does not. */
  readonly configuredKey: string | undefined;
  /** Milliseconds between two polls for changes of the keys. */
  readonly pollMs: number;
  readonly clock: () => Date;
  /** Called with each failure; the next poll tries again. */
  readonly onFailure: (error: unknown) => void;
  /** Called with each success. */
  readonly onSuccess: () => void;
}

/**
 * All keys in memory, kept up to date by polls that read one row of the database. A key is trusted
 * for as long as a cached product would be: for `pollMs` and `LAG_TOLERANCE_MS` after the start of
 * the last poll that succeeded. Each request checks that, so it also holds for a process that was
 * stopped.
 */
export class CurrentKeys implements KeyIdentifier {
  readonly #options: CurrentKeysOptions;
  readonly #ring: KeyRing;
  readonly #maxLagMs: number;
  #version: string | undefined;
  /** The start of the last poll that succeeded. */
  #currentAt = Number.NEGATIVE_INFINITY;
  #lastRefresh: Promise<void> = Promise.resolve();
  #nextEnd: Deferred<void> = deferred();

  constructor(options: CurrentKeysOptions) {
    this.#options = options;
    this.#ring = new KeyRing(options.configuredKey, options.clock);
    this.#maxLagMs = options.pollMs + LAG_TOLERANCE_MS;
  }

  identify(authorization: string): KnownKey | Unidentified {
    return this.#ring.identify(
      authorization,
      performance.now() - this.#currentAt <= this.#maxLagMs,
    );
  }

  /** Returns a key by its id; undefined if there is none. */
  get(id: string): KnownKey | undefined {
    return this.#ring.get(id);
  }

  async untilCurrent(): Promise<void> {
    const since = performance.now();
    const stop = new AbortController();
    const timeout = sleep(Math.min(this.#maxLagMs, MAX_WAIT_MS), true, {
      signal: stop.signal,
      ref: false,
    });
    while (this.#currentAt < since) {
      if (await Promise.race([this.#nextEnd.promise, timeout])) {
        return;
      }
    }
    stop.abort();
    await timeout.catch(() => undefined);
  }

  /**
   * Reads the keys if they have changed. It begins after earlier calls have ended, so that it sees
   * every change before this call.
   *
   * @throws {Error} when the database cannot be read: Prisma's error
   */
  refresh(): Promise<void> {
    const refreshed = this.#lastRefresh.then(() => this.#refresh());
    this.#lastRefresh = refreshed.catch(() => undefined);
    return refreshed;
  }

  /** Applies a change that this process has committed. If that fails, no stored key is trusted. */
  async applyChange(): Promise<void> {
    try {
      await this.refresh();
    } catch (error) {
      this.#currentAt = Number.NEGATIVE_INFINITY;
      this.#options.onFailure(error);
    }
  }

  /** Polls until the returned function is called, which resolves after the poll in progress. */
  startPolling(): () => Promise<void> {
    const { pollMs, onFailure } = this.#options;
    return repeat(() => this.refresh().catch(onFailure), pollMs);
  }

  async #refresh(): Promise<void> {
    const beganAt = performance.now();
    try {
      const { repository } = this.#options;
      // Read before the keys, so that a change between the two reads is found by the next poll.
      const version = await repository.version();
      if (version === undefined || version !== this.#version) {
        this.#ring.replace(await repository.all());
        this.#version = version;
      }
      this.#currentAt = beganAt;
      this.#options.onSuccess();
    } finally {
      this.#nextEnd.resolve();
      this.#nextEnd = deferred();
    }
  }
}
