import { existsSync } from 'node:fs';
import { apiModule, cacheModule, productApi } from '../servers/product-api.js';
import type { ServerSpec } from '../servers/server-spec.js';

/** A part of the hot path that is taken away, to see what it is worth. */
export interface Ablation {
  /** The file in this folder, without its ending, that has the plain form of the part. */
  readonly name: string;
  /** What is missing: `without …`. */
  readonly title: string;
  /** The built module that the file replaces, such as `apiModule('http/server/http-server.js')`. */
  readonly module: URL;
}

/** Every ablation; another is one file, and one entry here. */
export const ablations: readonly Ablation[] = [
  {
    name: 'changed-prototypes',
    title: 'without prototypes at birth',
    module: apiModule('http/fast-path/express-prototypes.js'),
  },
  {
    name: 'single-reads',
    title: 'with a command for each read',
    module: cacheModule('read/lone-reads.js'),
  },
  {
    name: 'printed-answers',
    title: 'without prepared answers',
    module: apiModule('products/respond-from-cache.js'),
  },
  {
    name: 'written-heads',
    title: 'without heads that are repeated',
    module: apiModule('http/fast-path/prepared-head.js'),
  },
  {
    name: 'keep-alive-timers',
    title: 'with a timer for each idle connection',
    module: apiModule('http/limits/connection-watch.js'),
  },
  {
    name: 'forgotten-hits',
    title: 'with a check of each text',
    module: cacheModule('read/text-memo.js'),
  },
  {
    name: 'command-timers',
    title: 'with a timer for each command',
    module: cacheModule('redis/connection/command-watchdog.js'),
  },
  {
    name: 'pino-access-log',
    title: 'with log lines put together by pino',
    module: apiModule('logging/access-log.js'),
  },
  {
    name: 'pino-destination',
    title: "with pino's own stream",
    module: apiModule('logging/line-writer.js'),
  },
];

/**
 * The service with that part taken away.
 *
 * @throws Error when the service has no such module: then the ablation would take nothing away
 */
export function ablatedApi({ name, module }: Ablation): ServerSpec {
  if (!existsSync(module)) {
    throw new Error(`${name} replaces ${module}, which does not exist`);
  }
  const hook = new URL('replace-module.js', import.meta.url);
  hook.searchParams.set('module', module.href);
  hook.searchParams.set('by', new URL(`${name}.js`, import.meta.url).href);
  return productApi(name, { nodeArguments: ['--import', hook.href] });
}
