import type { BucketCharge, ChargedBucket } from '@product-api/cache';
import type { Policy } from './policy.js';
import { TokenBucket } from './token-bucket.js';

/** Charges the bucket of one caller in Redis. */
export type ChargeShared = (charge: BucketCharge) => Promise<ChargedBucket>;

/**
 * What one caller has used of one policy, as this process knows it. The bucket in Redis, which all
 * processes share, decides. This process has a copy, from which it serves a few units before it
 * reports them, so that most requests wait for nothing. Each reply corrects the copy.
 *
 * The copy has at least as many units as the shared bucket, because it does not know yet what other
 * processes have used. So what it refuses, Redis would refuse too. While Redis cannot be used, the
 * copy decides alone, and Redis learns of it afterwards.
 */
export class Account {
  readonly #policy: Policy;
  readonly #copy: TokenBucket;
  readonly #charge: ChargeShared | undefined;
  readonly #clock: () => number;
  /** Units that were served and not yet sent to Redis. */
  #unreported = 0;
  /** Units that are on their way to Redis. */
  #inFlight = 0;
  /** Whether the last report failed. */
  #isOut = false;

  /**
   * @param charge undefined without Redis
   * @param clock returns milliseconds of a clock that never goes back
   */
  constructor(policy: Policy, charge: ChargeShared | undefined, clock: () => number) {
    this.#policy = policy;
    this.#copy = new TokenBucket(policy);
    this.#charge = charge;
    this.#clock = clock;
  }

  /** Returns the units that are left, as far as this process knows. */
  left(now: number): number {
    return this.#copy.left(now);
  }

  /** Returns the milliseconds until these units are left. */
  msUntil(units: number, now: number): number {
    return this.#copy.msUntil(units, now);
  }

  /**
   * Takes units without waiting. Returns whether there were enough, or undefined if only Redis can
   * decide: then call `ask`.
   */
  take(units: number, now: number): boolean | undefined {
    const isShared = this.#charge !== undefined;
    if (
      isShared &&
      this.#copy.msUntil(units, now) <= 0 &&
      this.#unreported + this.#inFlight + units > this.#policy.maxUnreported
    ) {
      return undefined;
    }
    const taken = this.#copy.take(units, now);
    if (taken && isShared) {
      this.#unreported += units;
      // Half of what may be unreported, so that requests go on during the round trip.
      if (this.#inFlight === 0 && this.#unreported * 2 >= this.#policy.maxUnreported) {
        void this.#report(0);
      }
    }
    return taken;
  }

  /** Takes units from the shared bucket, or from the copy if Redis cannot be used. */
  async ask(units: number): Promise<boolean> {
    const charged = await this.#report(units);
    if (charged !== undefined) {
      return charged.taken;
    }
    const taken = this.#copy.take(units, this.#clock());
    this.#unreported += taken ? units : 0;
    return taken;
  }

  /** Sends the units that Redis does not know of. Returns undefined if Redis cannot be used. */
  async #report(asked: number): Promise<ChargedBucket | undefined> {
    const spent = this.#reportable();
    this.#unreported = 0;
    this.#inFlight += spent;
    // The connection to Redis logs and counts its failures itself.
    const charged = await this.#charge?.({ spent, asked }).catch(() => undefined);
    this.#inFlight -= spent;
    this.#isOut = charged === undefined;
    if (charged === undefined) {
      this.#unreported += spent;
    } else {
      this.#copy.correct(charged.left - this.#unreported - this.#inFlight, this.#clock());
    }
    return charged;
  }

  /** Returns the units to report: after an outage, those that were not refilled since then. */
  #reportable(): number {
    return this.#isOut
      ? Math.min(this.#unreported, this.#policy.capacity - this.#copy.left(this.#clock()))
      : this.#unreported;
  }
}
