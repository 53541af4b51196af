import { type Experiment, served } from '../experiment.js';
import type { Scale } from '../scale.js';
import { productApi } from '../servers/product-api.js';
import { createsOfSize } from '../workloads/writes.js';

const bytesPerKib = 1024;

/** The fewest requests that a round's figure can be made of. */
const fewest = 50;

const server = productApi('product-api');

/** What large bodies cost; the largest is the default limit, which is 1 MiB. */
export function bodySize({ writesPerRound }: Scale): Experiment {
  return {
    name: 'body-size',
    what: 'A product is created by a larger and larger body',
    latency: false,
    contestants: [1, 16, 256, 1024].map((kib) => {
      const count = Math.max(fewest, Math.round(writesPerRound / kib));
      const workload = createsOfSize(kib * bytesPerKib, count);
      return served(`${kib.toLocaleString('en')} KiB`, server, workload, { name: `${kib}-kib` });
    }),
    comparisons: [],
  };
}
