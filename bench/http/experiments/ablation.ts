import { ablatedApi, ablations } from '../ablations/ablation.js';
import { type Comparison, type Experiment, served } from '../experiment.js';
import { productApi } from '../servers/product-api.js';
import { cachedReads } from '../workloads/reads.js';

/** The name of the contestant that has all its parts. */
export const whole = 'whole';

/** The name of the contestant that differs in nothing: its ratio shows how exact the others are. */
const unchanged = 'unchanged';

/** What each part of the hot path is worth: the service with all of them, and without one. */
export function ablationExperiment(): Experiment {
  return {
    name: 'ablations',
    what: 'A product in Redis, read over 32 connections from the service without one of its parts',
    latency: false,
    sideBySide: 'pairs',
    contestants: [
      served('Product API', productApi(whole), cachedReads),
      served('once more, unchanged', productApi(unchanged), cachedReads),
      ...ablations.map((ablation) => served(ablation.title, ablatedApi(ablation), cachedReads)),
    ],
    comparisons: [
      toWhole(unchanged, 'once more, unchanged'),
      ...ablations.map(({ name, title }) => toWhole(name, title)),
    ],
  };
}

function toWhole(name: string, title: string): Comparison {
  return {
    what: `The service ${title} ÷ as it is`,
    of: name,
    to: whole,
    by: 'requestsPerSecond',
    atLeast: undefined,
  };
}
