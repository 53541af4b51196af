import { type Experiment, type LoopContestant, served } from '../experiment.js';
import type { Scale } from '../scale.js';
import { productApi } from '../servers/product-api.js';
import { uncachedReads } from '../workloads/reads.js';
import type { Workload } from '../workloads/workload.js';
import { creates, deletes, updates } from '../workloads/writes.js';

/** What the database has to do with, over HTTP and by Prisma alone; every write is durable when it is answered. */
export function databaseExperiments(scale: Scale): Experiment[] {
  const { missesPerRound, writesPerRound, products } = scale;
  return [
    againstPrisma({
      name: 'miss',
      what: 'A product that is in the database alone: asked for in Redis, read, stored in Redis',
      title: 'Miss',
      workload: uncachedReads(missesPerRound, products),
      loop: { statement: 'read', count: missesPerRound },
      call: 'findUnique',
      atLeast: 1.2,
    }),
    againstPrisma({
      name: 'create',
      what: 'A product is created',
      title: 'Create',
      workload: creates(writesPerRound),
      loop: { statement: 'create', count: writesPerRound },
      call: 'create',
      atLeast: 0.6,
    }),
    againstPrisma({
      name: 'update',
      what: 'A product is changed',
      title: 'Update',
      workload: updates(writesPerRound),
      loop: { statement: 'update', count: writesPerRound },
      call: 'updateManyAndReturn',
      atLeast: 0.6,
    }),
    againstPrisma({
      name: 'delete',
      what: 'A product is deleted',
      title: 'Delete',
      workload: deletes(writesPerRound),
      loop: { statement: 'delete', count: writesPerRound },
      call: 'delete',
      atLeast: 0.6,
    }),
  ];
}

interface Statement {
  readonly name: string;
  readonly what: string;
  readonly title: string;
  readonly workload: Workload;
  readonly loop: Pick<LoopContestant, 'statement' | 'count'>;
  /** Prisma's name for the statement. */
  readonly call: string;
  readonly atLeast: number;
}

function againstPrisma(statement: Statement): Experiment {
  const { name, what, title, workload, loop, call, atLeast } = statement;
  return {
    name,
    what,
    latency: false,
    contestants: [
      served(`${title} over HTTP`, productApi('product-api'), workload),
      { kind: 'loop', name: 'prisma', title: `Prisma’s ${call} in a loop`, ...loop },
    ],
    comparisons: [
      {
        what: `${title} over HTTP ÷ Prisma’s ${call} in a loop`,
        of: 'product-api',
        to: 'prisma',
        by: 'requestsPerSecond',
        atLeast,
      },
    ],
  };
}
