import { type Experiment, served } from '../experiment.js';
import { peer } from '../servers/peer.js';
import { productApi } from '../servers/product-api.js';
import { firstPage } from '../workloads/pages.js';

const driver = peer('raw-list', { redis: 'none', products: 'standard' });

/** A page of the list, which is never cached. */
export const listPage: Experiment = {
  name: 'list-page',
  what: 'A page of 50 products, read from the database each time',
  latency: false,
  contestants: [
    served('Product API', productApi('product-api'), firstPage),
    served('node:http + libSQL statement', driver, firstPage),
  ],
  comparisons: [
    {
      what: 'Page of 50 ÷ raw prepared statement and node:http',
      of: 'product-api',
      to: 'raw-list',
      by: 'requestsPerSecond',
      atLeast: 0.5,
    },
  ],
};
