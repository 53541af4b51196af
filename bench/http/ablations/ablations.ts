import { existsSync } from 'node:fs';
import type { Experiment } from '../experiment.js';
import { productApi, subject } from '../subjects.js';
import { cachedReads } from '../workloads.js';

const API = 'apps/api/dist';
const CACHE = 'packages/cache/dist';

/**
 * The parts of the hot path that are taken away to see what each is worth: the file in this folder
 * that replaces the part, the title, and the built module that is replaced.
 */
const ablations = [
  [
    'changed-prototypes',
    'without preset prototypes',
    `${API}/http/fast-path/express-prototypes.js`,
  ],
  ['single-reads', 'with a command for each read', `${CACHE}/read/lone-reads.js`],
  ['serialized-hits', 'without prepared responses', `${API}/products/respond-from-cache.js`],
  ['written-heads', 'without prepared response heads', `${API}/http/fast-path/prepared-head.js`],
  [
    'keep-alive-timers',
    'with a timer for each idle connection',
    `${API}/http/limits/connection-watch.js`,
  ],
  ['forgotten-hits', 'with a check of each cached text', `${CACHE}/read/text-memo.js`],
  [
    'command-timers',
    'with a timer for each command',
    `${CACHE}/redis/connection/command-watchdog.js`,
  ],
  ['pino-access-log', 'with access log lines built by pino', `${API}/logging/access-log.js`],
  ['pino-destination', 'with pino’s own stream', `${API}/logging/line-writer.js`],
] as const;

/** The name of the subject that has all its parts. */
export const WHOLE = 'whole';

/**
 * Compares the service without one of its parts to the whole service. One pair compares the service
 * to itself: its ratio shows how exact the others are.
 *
 * @throws {Error} when a replaced module does not exist, because nothing would be taken away then
 */
export function ablationExperiment(): Experiment {
  const variants = ablations.map(([name, title, module]) => {
    const replaced = new URL(`../../../${module}`, import.meta.url);
    if (!existsSync(replaced)) {
      throw new Error(`The ablation ${name} replaces ${module}, which does not exist`);
    }
    const hook = new URL('replace-module.js', import.meta.url);
    hook.searchParams.set('module', replaced.href);
    hook.searchParams.set('by', new URL(`${name}.js`, import.meta.url).href);
    const server = productApi(name, { nodeArguments: ['--import', hook.href] });
    return subject(title, server, cachedReads);
  });
  const compared = [subject('unchanged', productApi('unchanged'), cachedReads), ...variants];
  return {
    name: 'ablations',
    inPairs: true,
    subjects: [subject('Product API', productApi(WHOLE), cachedReads), ...compared],
    comparisons: compared.map(({ title, name: of }) => {
      return { title: `Service ${title} ÷ whole service`, of, to: WHOLE, by: 'requestsPerSecond' };
    }),
  };
}
