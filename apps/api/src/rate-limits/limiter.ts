import type { TokenBuckets } from '@product-api/cache';
import { LRUCache } from 'lru-cache';
import { Account } from './account.js';
import type { Policy } from './policy.js';

/**
 * Maximum number of callers that a process knows for each policy, some 8 MiB, so that an attacker
 * with many addresses cannot fill its memory. A caller that was forgotten has a new burst, unless
 * Redis knows better.
 */
export const MAX_CALLERS = 20_000;

/** What a request takes. */
export interface Charge {
  readonly units: number;
  /** The units of the whole request, of which some may have been taken before. */
  readonly whole: number;
}

/** The decision about a request. */
export interface Decision {
  /** Whether there were enough units. */
  readonly isAllowed: boolean;
  /** The units that are left; may have a fraction, and may be negative. */
  readonly left: number;
  /** Milliseconds until there are enough units for the whole request, if it is not allowed. */
  readonly waitMs: number;
}

/** Limits all callers by one policy. The least recently seen caller is forgotten first. */
export class Limiter {
  readonly policy: Policy;
  readonly #accounts = new LRUCache<string, Account>({ max: MAX_CALLERS });
  readonly #buckets: TokenBuckets | undefined;
  readonly #clock: () => number;

  /**
   * @param buckets the buckets that all processes share; undefined without Redis
   * @param clock returns milliseconds of a clock that never goes back
   */
  constructor(policy: Policy, buckets: TokenBuckets | undefined, clock: () => number) {
    this.policy = policy;
    this.#buckets = buckets;
    this.#clock = clock;
  }

  /**
   * Takes units of a caller, if there are enough. It returns a promise only if Redis must be asked.
   */
  take(caller: string, { units, whole }: Charge): Decision | Promise<Decision> {
    const account = this.#account(caller);
    const now = this.#clock();
    const isAllowed = account.take(units, now);
    return isAllowed === undefined
      ? account.ask(units).then((taken) => decision(account, whole, taken, this.#clock()))
      : decision(account, whole, isAllowed, now);
  }

  /** Returns whether a caller has not one unit left, as far as this process knows. */
  isExhausted(caller: string): boolean {
    return this.#account(caller).msUntil(1, this.#clock()) > 0;
  }

  #account(caller: string): Account {
    const known = this.#accounts.get(caller);
    if (known !== undefined) {
      return known;
    }
    const { policy } = this;
    const buckets = this.#buckets;
    const account = new Account(
      policy,
      buckets && ((charge) => buckets.charge(`${policy.name}:${caller}`, policy, charge)),
      this.#clock,
    );
    this.#accounts.set(caller, account);
    return account;
  }
}

function decision(account: Account, whole: number, isAllowed: boolean, now: number): Decision {
  return {
    isAllowed,
    left: account.left(now),
    waitMs: isAllowed ? 0 : account.msUntil(whole, now),
  };
}
