import type { Experiment } from '../experiment.js';
import type { Scale } from '../scale.js';
import { ablationExperiment } from './ablation.js';
import { bodySize } from './body-size.js';
import { cachedRead } from './cached-read.js';
import { catalogGrowth } from './catalog-growth.js';
import { conditionalRead } from './conditional-read.js';
import { connectionGrowth, manyConnections, oneConnection } from './connections.js';
import { databaseExperiments } from './database.js';
import { inProcessHit } from './in-process-hit.js';
import { listPage } from './list-page.js';
import { twoWorkers } from './two-workers.js';

/** All experiments, in the order in which they are made and reported. */
export function experiments(scale: Scale): Experiment[] {
  return [
    cachedRead,
    manyConnections,
    oneConnection,
    inProcessHit,
    conditionalRead,
    ...databaseExperiments(scale),
    listPage,
    twoWorkers,
    catalogGrowth(scale),
    connectionGrowth,
    bodySize(scale),
    ablationExperiment(),
  ];
}
