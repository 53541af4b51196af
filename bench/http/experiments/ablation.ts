import { ablatedApi, ablations } from '../ablations/ablation.js';
import { type Experiment, served } from '../experiment.js';
import { productApi } from '../servers/product-api.js';
import { cachedReads } from '../workloads/reads.js';

/** The name of the contestant that has all its parts. */
export const WHOLE = 'whole';

/** What each part of the hot path is worth: the service with all of them, and without one. */
export function ablationExperiment(): Experiment {
  return {
    name: 'ablations',
    what: 'A product in Redis, read over 32 connections from the service without one of its parts',
    latency: false,
    contestants: [
      served('Product API', productApi(WHOLE), cachedReads),
      ...ablations.map((ablation) => served(ablation.title, ablatedApi(ablation), cachedReads)),
    ],
    comparisons: ablations.map(({ name, title }) => ({
      what: `The service ${title} ÷ as it is`,
      of: name,
      to: WHOLE,
      by: 'requestsPerSecond',
      atLeast: undefined,
    })),
  };
}
