import { existsSync } from 'node:fs';
import { type Experiment, pair, subject } from '../experiment.js';
import { productApi } from '../servers.js';
import { cachedReads } from '../workloads.js';

const api = 'apps/api/dist' as const;
const cache = 'packages/cache/dist' as const;

/**
 * The parts of the hot path that are taken away to see what each is worth: the file in this folder
 * that replaces the part, the title, and the built module that is replaced.
 */
const ablations = [
  ['routed-reads', 'with Express’s router before each read', `${api}/http/fast-path/direct-route`],
  ['single-reads', 'with a command for each read', `${cache}/read/lone-reads`],
  ['serialized-hits', 'without prepared responses', `${api}/products/respond-from-cache`],
  ['written-heads', 'without prepared response heads', `${api}/http/fast-path/prepared-head`],
  [
    'keep-alive-timers',
    'with a timer for each idle connection',
    `${api}/http/limits/connection-watch`,
  ],
  ['forgotten-hits', 'with a check of each cached text', `${cache}/read/text-memo`],
  ['command-timers', 'with a timer for each command', `${cache}/redis/connection/command-watchdog`],
  ['pino-access-log', 'with access log lines built by pino', `${api}/logging/access-log`],
  ['pino-destination', 'with pino’s own stream', `${api}/logging/line-writer`],
] as const;

/**
 * Returns an experiment for each part: the service without it, beside the whole service alone, as a
 * dozen idle servers would hide small differences. The first compares the service to itself: its
 * ratio shows how exact the others are.
 */
export function ablationExperiments(): Experiment[] {
  const variants = ablations.map(([file, title, module]) => {
    const replaced = new URL(`../../../${module}.js`, import.meta.url);
    const hook = replacing(replaced, new URL(`${file}.js`, import.meta.url));
    return subject(title, productApi({ nodeArguments: ['--import', hook.href] }), cachedReads);
  });
  return [subject('unchanged', productApi(), cachedReads), ...variants].map((variant) => {
    const whole = subject('Product API', productApi(), cachedReads);
    return pair('ablations', `Service ${variant.title} ÷ whole service`, [variant, whole]);
  });
}

/**
 * Returns the module for `node --import` that makes a program load `by` instead of `module`.
 *
 * @throws {Error} when `module` does not exist, because nothing would be replaced then
 */
export function replacing(module: URL, by: URL): URL {
  if (!existsSync(module)) {
    throw new Error(`There is no ${module.pathname} that ${by.pathname} could replace`);
  }
  const hook = new URL('replace-module.js', import.meta.url);
  hook.search = String(new URLSearchParams({ module: module.href, by: by.href }));
  return hook;
}
