import type { SeededRandom } from '@product-api/testing';

/** Options of arrivals. */
export interface ArrivalsOptions {
  /** The average number of requests that begin in a second. */
  readonly perSecond: number;
  /** The maximum number of requests in flight; further ones are dropped. */
  readonly maxInFlight: number;
  readonly random: SeededRandom;
  readonly request: () => Promise<void>;
}

/** A stream of requests. */
export interface Arrivals {
  /** Starts no more requests, and waits for those in flight. */
  stop(): Promise<void>;
}

/**
 * Starts requests at random moments (a Poisson process), whether or not earlier ones have ended: a
 * slow service gets as many requests as a fast one, so that the latency percentiles are correct.
 */
export function startArrivals({
  perSecond,
  maxInFlight,
  random,
  request,
}: ArrivalsOptions): Arrivals {
  const inFlight = new Set<Promise<void>>();
  const pauseMs = () => (-Math.log(1 - random.next()) * 1000) / perSecond;
  let nextAt = performance.now();
  let timer: NodeJS.Timeout;

  const startDueRequests = () => {
    for (; nextAt <= performance.now(); nextAt += pauseMs()) {
      if (inFlight.size >= maxInFlight) {
        continue;
      }
      const settled: Promise<void> = request().finally(() => inFlight.delete(settled));
      inFlight.add(settled);
    }
    timer = setTimeout(startDueRequests, nextAt - performance.now());
  };
  startDueRequests();

  return {
    async stop() {
      clearTimeout(timer);
      await Promise.all(inFlight);
    },
  };
}
