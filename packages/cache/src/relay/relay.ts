import { backoffMs } from '../store/backoff.js';
import type { StoreEvent } from '../store/store-event.js';
import { type CatchUpLimits, type CaughtUp, catchUp } from './catch-up.js';
import { checkedLog } from './checked-log.js';
import { NamespaceClaim } from './namespace-claim.js';
import { ChangeLogError, OutdatedStoreError } from './relay-errors.js';
import { type RelayOptions, type RelayStatus, relayTimes } from './relay-options.js';
import type { RelayPlanOptions } from './relay-plan.js';
import type { RelayTarget } from './relay-target.js';

/** What a relay works with. */
export interface RelaySetup extends RelayOptions, Pick<RelayPlanOptions, 'missingWatermark'> {
  readonly target: RelayTarget;
  /** Whether the store may be cleared while it is in use: where that takes no time. */
  readonly mayClearInUse: boolean;
  /** Whether to look: while the store is out of use it is brought up to date by `catchUp` alone. */
  readonly isInUse: () => boolean;
  /** Takes a store out of use, or clears it, that may be too old. */
  readonly onOutdated: (cause: unknown) => void;
  readonly onEvent: (event: StoreEvent) => void;
}

/**
 * Keeps a store in use up to date with the change log: looks at it again and again, applies what
 * is new, and takes the store out of use when that cannot be done in time. While the log cannot be
 * read the store stays in use, since whoever else can read it goes on applying it.
 */
export class Relay {
  readonly #setup: Required<RelaySetup>;
  readonly #claim: NamespaceClaim;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #behind = Number.POSITIVE_INFINITY;
  #upToDateAt = Number.NEGATIVE_INFINITY;
  /** When the last look began that found the store up to date, or when the log could not be read. */
  #trustedAt = Number.NEGATIVE_INFINITY;
  #appliedSincePruning = false;
  #prunedAt = performance.now();
  #logFails = false;

  /** Starts to look, but not at once. */
  constructor(setup: RelaySetup) {
    const times = relayTimes(setup);
    const changeLog = checkedLog(setup.changeLog);
    const defaults = { batchSize: 500, pruneEveryMs: 60_000 };
    this.#setup = { ...defaults, ...setup, ...times, changeLog };
    this.#claim = new NamespaceClaim(setup.target, changeLog);
    this.#schedule();
  }

  /** How far the store is behind. */
  status(): RelayStatus {
    return { behind: this.#behind, lagMs: performance.now() - this.#upToDateAt };
  }

  /** Whether a look has ever found the store up to date, or brought it there. */
  get hasBeenUpToDate(): boolean {
    return this.#upToDateAt > Number.NEGATIVE_INFINITY;
  }

  /**
   * Whether what is read from the store now is from at most `maxLagMs` ago. To be asked before each
   * read: a process that was stopped, or too busy to look, finds out here before any timer can tell.
   */
  isTrusted(): boolean {
    return performance.now() - this.#trustedAt <= this.#setup.maxLagMs;
  }

  /**
   * Brings a store up to date that is out of use, for as long as it takes.
   *
   * @throws StoreClaimedError when the store is kept up to date with another database
   * @throws ChangeLogError when the log cannot be read
   * @throws whatever the store throws
   */
  async catchUp(): Promise<CaughtUp> {
    try {
      return await this.#catchUp({ mayClear: true, timeoutMs: Number.POSITIVE_INFINITY });
    } catch (error) {
      this.#reportLogFailure(error);
      throw error;
    }
  }

  /** Does not look again. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    if (!this.#stopped) {
      const { pollMs } = this.#setup;
      // Relays that start together do not stay together.
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
      await this.#pruneNowAndThen(seq);
    } catch (error) {
      this.#reportLogFailure(error);
      if (error instanceof ChangeLogError && !this.#claim.sawForeignWatermark) {
        this.#trustedAt = performance.now();
      } else if (error instanceof OutdatedStoreError || !this.isTrusted()) {
        onOutdated(error);
      }
    }
  }

  async #catchUp(limits: CatchUpLimits): Promise<CaughtUp> {
    const { changeLog: log, target, claimMs, onEvent } = this.#setup;
    const { batchSize, longestLifeMs, missingWatermark } = this.#setup;
    const plans = { log, batchSize, longestLifeMs, missingWatermark };
    const onLook = (behind: number) => {
      this.#behind = behind;
      this.#logFails = false;
    };
    const caughtUp = await catchUp(
      { ...plans, target, claim: this.#claim, clearingPatienceMs: claimMs, onLook, onEvent },
      limits,
    );
    this.#behind = 0;
    // What is committed while it looks may not be applied by it.
    this.#upToDateAt = caughtUp.beganAt;
    this.#trustedAt = caughtUp.beganAt;
    this.#appliedSincePruning ||= caughtUp.applied > 0;
    return caughtUp;
  }

  /** By those who apply, so that an idle process never asks for the database's write lock. */
  async #pruneNowAndThen(seq: number): Promise<void> {
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
