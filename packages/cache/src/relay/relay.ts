import { backoffMs } from '../store/backoff.js';
import type { StoreEvent } from '../store/store-event.js';
import { type CatchUpLimits, type CatchUpResult, catchUp } from './catch-up.js';
import { checkedLog } from './change-log.js';
import { NamespaceClaim } from './namespace-claim.js';
import { ChangeLogError, OutdatedStoreError } from './relay-errors.js';
import { type RelayOptions, type RelayStatus, relayTimes } from './relay-options.js';
import type { RelayPlanOptions } from './relay-plan.js';
import type { RelayTarget } from './relay-target.js';

/** The store that a relay keeps up to date, and its options. */
export interface RelaySetup extends RelayOptions, Pick<RelayPlanOptions, 'missingWatermark'> {
  readonly target: RelayTarget;
  /** Whether the store may be cleared while it is in use, because that takes no time. */
  readonly mayClearInUse: boolean;
  /** Returns whether to poll. While the store is bypassed, only `catchUp` brings it up to date. */
  readonly isInUse: () => boolean;
  /** Bypasses or clears a store that may be outdated. */
  readonly onOutdated: (cause: unknown) => void;
  readonly onEvent: (event: StoreEvent) => void;
}

/**
 * Keeps a store up to date with the change log while it is in use: polls the log, applies new
 * changes, and bypasses the store if that does not succeed in time. While the log cannot be read,
 * the store stays in use, because other processes that can read the log still apply it.
 */
export class Relay {
  readonly #setup: Required<RelaySetup>;
  readonly #claim: NamespaceClaim;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #behind = Number.POSITIVE_INFINITY;
  #upToDateAt = Number.NEGATIVE_INFINITY;
  /** The start of the last poll that found the store up to date or could not read the log. */
  #trustedAt = Number.NEGATIVE_INFINITY;
  #appliedSincePruning = false;
  #prunedAt = performance.now();
  #logFails = false;

  /** Schedules the first poll. */
  constructor(setup: RelaySetup) {
    const times = relayTimes(setup);
    const changeLog = checkedLog(setup.changeLog);
    const defaults = { batchSize: 500, pruneEveryMs: 60_000 };
    this.#setup = { ...defaults, ...setup, ...times, changeLog };
    this.#claim = new NamespaceClaim(setup.target, changeLog);
    this.#schedule();
  }

  /** Returns how far the store is behind the log. */
  status(): RelayStatus {
    return { behind: this.#behind, lagMs: performance.now() - this.#upToDateAt };
  }

  /** Whether the store was ever up to date. */
  get hasBeenUpToDate(): boolean {
    return this.#upToDateAt > Number.NEGATIVE_INFINITY;
  }

  /**
   * Returns whether a read from the store is at most `maxLagMs` behind. This is checked before each
   * read, because a process that was suspended or too busy to poll may read before any timer runs.
   */
  isTrusted(): boolean {
    return performance.now() - this.#trustedAt <= this.#setup.maxLagMs;
  }

  /**
   * Brings a bypassed store up to date, without a timeout.
   *
   * @throws {StoreClaimedError} when the store belongs to another database.
   * @throws {ChangeLogError} when the log cannot be read.
   * @throws {Error} when an operation of the store fails, with its error.
   */
  async catchUp(): Promise<CatchUpResult> {
    try {
      return await this.#catchUp({ mayClear: true, timeoutMs: Number.POSITIVE_INFINITY });
    } catch (error) {
      this.#reportLogFailure(error);
      throw error;
    }
  }

  /** Stops polling. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    if (!this.#stopped) {
      const { pollMs } = this.#setup;
      // The jitter spreads the polls of processes that start together.
      const pause = backoffMs(0, { minMs: pollMs, maxMs: pollMs }, Math.random);
      this.#timer = setTimeout(() => void this.#poll(), pause).unref();
    }
  }

  async #poll(): Promise<void> {
    if (this.#setup.isInUse()) {
      await this.#keepUp();
    }
    this.#schedule();
  }

  async #keepUp(): Promise<void> {
    const { mayClearInUse: mayClear, maxLagMs: timeoutMs, onEvent, onOutdated } = this.#setup;
    try {
      const { applied, seq } = await this.#catchUp({ mayClear, timeoutMs });
      if (applied > 0) {
        onEvent({ type: 'relayed', applied });
      }
      await this.#pruneIfDue(seq);
    } catch (error) {
      this.#reportLogFailure(error);
      if (error instanceof ChangeLogError && !this.#claim.sawForeignWatermark) {
        this.#trustedAt = performance.now();
      } else if (error instanceof OutdatedStoreError || !this.isTrusted()) {
        onOutdated(error);
      }
    }
  }

  async #catchUp(limits: CatchUpLimits): Promise<CatchUpResult> {
    const { changeLog: log, target, claimMs, onEvent } = this.#setup;
    const { batchSize, longestLifeMs, missingWatermark } = this.#setup;
    const plans = { log, batchSize, longestLifeMs, missingWatermark };
    const onPoll = (behind: number) => {
      this.#behind = behind;
      this.#logFails = false;
    };
    const caughtUp = await catchUp(
      { ...plans, target, claim: this.#claim, clearingPatienceMs: claimMs, onPoll, onEvent },
      limits,
    );
    this.#behind = 0;
    // A change that is committed during the poll may be missing, so its start counts.
    this.#upToDateAt = caughtUp.beganAt;
    this.#trustedAt = caughtUp.beganAt;
    this.#appliedSincePruning ||= caughtUp.applied > 0;
    return caughtUp;
  }

  /**
   * Prunes only after applying changes: an idle process must not take the database's write lock.
   */
  async #pruneIfDue(seq: number): Promise<void> {
    const { changeLog, pruneEveryMs } = this.#setup;
    if (this.#appliedSincePruning && performance.now() - this.#prunedAt >= pruneEveryMs) {
      this.#prunedAt = performance.now();
      await changeLog.prune(seq);
      this.#appliedSincePruning = false;
    }
  }

  #reportLogFailure(error: unknown): void {
    if (error instanceof ChangeLogError) {
      if (!this.#logFails) {
        this.#setup.onEvent({ type: 'change-log-error', error: error.cause });
      }
      this.#logFails = true;
    }
  }
}
