import type { ServerResponse } from 'node:http';
import type { TokenBuckets } from '@product-api/cache';
import type { Rate, RateClass } from '@product-api/contract';
import type { Request, RequestHandler } from 'express';
import type { LimitedClass, RateLimits } from '../config/rate-limits.js';
import { type ClientAddress, clientAddress } from './client-address.js';
import { entriesIn } from './entries-in.js';
import { type Charge, type Decision, Limiter } from './limiter.js';
import { type Policy, policyOf } from './policy.js';
import { QuotaExceededError } from './quota-exceeded-error.js';
import { rateLimitHeaders } from './rate-limit-headers.js';

/** The parts of a request that decide what it counts for. */
export type CountedRequest = Pick<Request, 'apiKeyId' | 'body' | 'headers' | 'socket'>;

/** The part of a response that says how near a limit is. */
type CountedResponse = Pick<ServerResponse, 'headersSent' | 'setHeader'>;

/** Who a request counts for: the id of its API key, or an address. */
export type Caller = { readonly apiKey: string } | { readonly address: string };

/** Options of the rate limits of a service. */
export interface RateLimiterOptions {
  readonly limits: RateLimits;
  /** The buckets that all processes share; undefined without Redis. */
  readonly buckets: TokenBuckets | undefined;
  /** The number of proxies whose entries in `X-Forwarded-For` are trusted. */
  readonly trustedProxies: number;
  /** Returns milliseconds of a clock that never goes back. */
  readonly clock: () => number;
  /** Called for each limited request. */
  readonly onLimited: (limited: LimitedClass, caller: Caller) => void;
}

/** Called when a request was counted, with the error of the limit that it exceeds, if any. */
export type OnCounted = (exceeded?: QuotaExceededError) => void;

/** Counts requests, each for its API key, or for its address if it has no valid key. */
export class RateLimiter {
  readonly #classes: Readonly<Record<RateClass, Limiter | undefined>>;
  readonly #unauthorized: Limiter | undefined;
  readonly #addressOf: ClientAddress;
  readonly #onLimited: RateLimiterOptions['onLimited'];

  constructor({ limits, buckets, trustedProxies, clock, onLimited }: RateLimiterOptions) {
    const create = (name: LimitedClass) => {
      const limit = limits[name];
      return limit && new Limiter(policyOf(name, limit), buckets, clock);
    };
    this.#classes = { read: create('read'), write: create('write'), bulk: create('bulk') };
    this.#unauthorized = create('unauthorized');
    this.#addressOf = clientAddress(trustedProxies);
    this.#onLimited = onLimited;
  }

  /**
   * Returns the middleware that counts the requests of a route before their bodies are read: what
   * each takes at least. It is a list; empty if the route has no limit.
   */
  countRequests(rate: Rate): RequestHandler[] {
    const limiter = rate === 'none' ? undefined : this.#classes[rate.class];
    if (rate === 'none' || limiter === undefined) {
      return [];
    }
    const units = Math.min(rate.units, limiter.policy.capacity);
    const charge = { units, whole: units };
    return [(request, response, next) => this.#count(limiter, charge, request, response, next)];
  }

  /**
   * Counts the entries of a parsed body, beyond the units that the request has taken. A request for
   * more than the burst takes the whole burst, as it could never be made otherwise.
   */
  countEntries(
    rate: Rate,
    request: CountedRequest,
    response: CountedResponse,
    onCounted: OnCounted,
  ): void {
    const limiter = rate === 'none' ? undefined : this.#classes[rate.class];
    if (rate === 'none' || rate.entries === undefined || limiter === undefined) {
      onCounted();
      return;
    }
    const whole = Math.min(entriesIn(request.body, rate.entries), limiter.policy.capacity);
    const units = whole - rate.units;
    if (units > 0) {
      this.#count(limiter, { units, whole }, request, response, onCounted);
    } else {
      onCounted();
    }
  }

  /** Counts a request that is refused for lack of a valid key. */
  countUnauthorized(
    request: CountedRequest,
    response: CountedResponse,
    onCounted: OnCounted,
  ): void {
    if (this.#unauthorized === undefined) {
      onCounted();
    } else {
      this.#count(this.#unauthorized, { units: 1, whole: 1 }, request, response, onCounted);
    }
  }

  /** Returns whether the address of a request has no unit left for one without a valid key. */
  hasTooManyUnauthorized(request: Pick<Request, 'headers' | 'socket'>): boolean {
    return this.#unauthorized?.isExhausted(this.#addressOf(request)) ?? false;
  }

  #count(
    limiter: Limiter,
    charge: Charge,
    request: CountedRequest,
    response: CountedResponse,
    onCounted: OnCounted,
  ): void {
    const { apiKeyId } = request;
    // A key's id has no dot and no colon, as every address has.
    const caller = apiKeyId ?? this.#addressOf(request);
    const decision = limiter.take(caller, charge);
    if (decision instanceof Promise) {
      void decision.then((decided) =>
        onCounted(this.#conclude(limiter.policy, decided, caller, request, response)),
      );
    } else {
      onCounted(this.#conclude(limiter.policy, decision, caller, request, response));
    }
  }

  /** Returns the error of a request that is not allowed; tells others how near the limit is. */
  #conclude(
    policy: Policy,
    { isAllowed, left, waitMs }: Decision,
    caller: string,
    request: CountedRequest,
    response: CountedResponse,
  ): QuotaExceededError | undefined {
    if (!isAllowed) {
      const isKey = request.apiKeyId !== undefined;
      this.#onLimited(policy.name, isKey ? { apiKey: caller } : { address: caller });
      return new QuotaExceededError(policy, left, waitMs);
    }
    // The server may have responded to a fault in the body while Redis was asked.
    if (left < policy.nearLimit && !response.headersSent) {
      const untilMore = Math.ceil(policy.refillMs / 1000);
      for (const header of Object.entries(rateLimitHeaders(policy, left, untilMore))) {
        response.setHeader(...header);
      }
    }
    return undefined;
  }
}
