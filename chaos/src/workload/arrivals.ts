import type { SeededRandom } from '@product-api/testing';

/** How requests come. */
export interface ArrivalsOptions {
  /** How many begin in a second, on average. */
  readonly perSecond: number;
  /** How many may be unanswered at once; those that come beyond that are dropped. */
  readonly atMost: number;
  readonly random: SeededRandom;
  readonly request: () => Promise<void>;
}

/** Requests that keep coming. */
export interface Arrivals {
  /** Lets no more come, and waits for the answers of those that are there. */
  stop(): Promise<void>;
}

/**
 * Makes requests come at random moments (a Poisson process), whether or not earlier ones are
 * answered: a service that hangs is asked as often as one that does not, so that the percentiles
 * of what answers take are honest.
 */
export function startArrivals({ perSecond, atMost, random, request }: ArrivalsOptions): Arrivals {
  const underWay = new Set<Promise<void>>();
  const pauseMs = () => (-Math.log(1 - random.next()) * 1000) / perSecond;
  let nextAt = performance.now();
  let timer: NodeJS.Timeout;

  const arrive = () => {
    for (; nextAt <= performance.now(); nextAt += pauseMs()) {
      if (underWay.size >= atMost) {
        continue;
      }
      const settled: Promise<void> = request().finally(() => underWay.delete(settled));
      underWay.add(settled);
    }
    timer = setTimeout(arrive, nextAt - performance.now());
  };
  arrive();

  return {
    async stop() {
      clearTimeout(timer);
      await Promise.all(underWay);
    },
  };
}
