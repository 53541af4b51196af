import { existsSync } from 'node:fs';
import type { Experiment } from '../experiment.js';
import { productApi, subject } from '../subjects.js';
import { cachedReads } from '../workloads.js';

/**
 * The parts of the hot path that are taken away to see what each is worth. The file of the same name
 * in this folder replaces `module`, which is a built file below the project's root.
 */
const ablations = [
  {
    name: 'changed-prototypes',
    title: 'without preset prototypes',
    module: 'apps/api/dist/http/fast-path/express-prototypes.js',
  },
  {
    name: 'single-reads',
    title: 'with a command for each read',
    module: 'packages/cache/dist/read/lone-reads.js',
  },
  {
    name: 'serialized-hits',
    title: 'without prepared responses',
    module: 'apps/api/dist/products/answer-from-cache.js',
  },
  {
    name: 'written-heads',
    title: 'without prepared response heads',
    module: 'apps/api/dist/http/fast-path/prepared-head.js',
  },
  {
    name: 'keep-alive-timers',
    title: 'with a timer for each idle connection',
    module: 'apps/api/dist/http/limits/connection-watch.js',
  },
  {
    name: 'forgotten-hits',
    title: 'with a check of each cached text',
    module: 'packages/cache/dist/read/remembered-hits.js',
  },
  {
    name: 'command-timers',
    title: 'with a timer for each command',
    module: 'packages/cache/dist/redis/connection/command-watchdog.js',
  },
  {
    name: 'pino-access-log',
    title: 'with access log lines built by pino',
    module: 'apps/api/dist/logging/access-log.js',
  },
  {
    name: 'pino-destination',
    title: 'with pino’s own stream',
    module: 'apps/api/dist/logging/line-writer.js',
  },
];

/** The name of the subject that has all its parts. */
export const WHOLE = 'whole';

/**
 * Compares the service without one of its parts to the whole service. One pair compares the service
 * to itself: its ratio shows how exact the others are.
 *
 * @throws {Error} when a replaced module does not exist, because nothing would be taken away then
 */
export function ablationExperiment(): Experiment {
  const root = new URL('../../../', import.meta.url);
  const variants = ablations.map(({ name, title, module }) => {
    const replaced = new URL(module, root);
    if (!existsSync(replaced)) {
      throw new Error(`The ablation ${name} replaces ${module}, which does not exist`);
    }
    const hook = new URL('replace-module.js', import.meta.url);
    hook.searchParams.set('module', replaced.href);
    hook.searchParams.set('by', new URL(`${name}.js`, import.meta.url).href);
    return { title, server: productApi(name, { nodeArguments: ['--import', hook.href] }) };
  });
  const compared = [{ title: 'unchanged', server: productApi('unchanged') }, ...variants];
  return {
    name: 'ablations',
    description: 'Reads a product from Redis from the service without one of its parts',
    inPairs: true,
    subjects: [
      subject('Product API', productApi(WHOLE), cachedReads),
      ...compared.map(({ title, server }) => subject(title, server, cachedReads)),
    ],
    comparisons: compared.map(({ title, server }) => ({
      title: `Service ${title} ÷ whole service`,
      of: server.name,
      to: WHOLE,
      by: 'requestsPerSecond',
    })),
  };
}
