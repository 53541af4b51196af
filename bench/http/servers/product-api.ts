import type { ServerSpec } from './server-spec.js';

const folder = new URL('../../../apps/api/dist/', import.meta.url);
const cacheFolder = new URL('../../../packages/cache/dist/', import.meta.url);

/** The file of a module of the built service, such as `http/http-server.js`. */
export function apiModule(path: string): URL {
  return new URL(path, folder);
}

/** The file of a module of the cache that the service works with, such as `turn-asks.js`. */
export function cacheModule(path: string): URL {
  return new URL(path, cacheFolder);
}

/**
 * The service as a user starts it: the built program with its defaults, in one process. It begins
 * with an empty Redis, and is warmed by being asked.
 */
export function productApi(name: string, changes: Partial<ServerSpec> = {}): ServerSpec {
  return {
    name,
    program: apiModule('main.js'),
    nodeArguments: [],
    redis: 'empty',
    products: 'standard',
    pinned: true,
    ...changes,
    env: { NODE_ENV: 'production', WORKERS: '1', ...changes.env },
  };
}
