import { type Experiment, served } from '../experiment.js';
import { productApi } from '../servers/product-api.js';
import { cachedReads, conditionalReads } from '../workloads/reads.js';

const server = productApi('product-api');

/** What a client saves the server that shows the entity tag it has. */
export const conditionalRead: Experiment = {
  name: 'conditional-read',
  what: 'A product in Redis that the client has already',
  latency: false,
  contestants: [
    served('Answered 304', server, conditionalReads, { name: 'conditional' }),
    served('Answered 200', server, cachedReads, { name: 'unconditional' }),
  ],
  comparisons: [
    {
      what: 'Conditional read answered 304 ÷ cached read',
      of: 'conditional',
      to: 'unconditional',
      by: 'requestsPerSecond',
      atLeast: 1,
    },
  ],
};
