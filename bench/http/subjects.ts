import type { ServerSpec, ServerSubject, Workload } from './experiment.js';

/** The number of connections of a busy server. */
export const DEFAULT_CONNECTIONS = 32;

/** Returns a server under a workload as a subject. */
export function subject(
  title: string,
  server: ServerSpec,
  workload: Workload,
  { name = server.name, connections = DEFAULT_CONNECTIONS } = {},
): ServerSubject {
  return { name, title, server, workload, connections };
}

/**
 * The service as a user starts it: the built program with its defaults, in one process. Its Redis is
 * empty at first; the workload fills it.
 */
export function productApi(name = 'product-api', changes: Partial<ServerSpec> = {}): ServerSpec {
  return {
    name,
    program: new URL('../../apps/api/dist/main.js', import.meta.url),
    nodeArguments: [],
    redis: 'empty',
    products: 'standard',
    pinned: true,
    ...changes,
    env: { NODE_ENV: 'production', WORKERS: '1', ...changes.env },
  };
}

/** A compiled program in `peers/`. By default its Redis has all hot products. */
export function peer(name: string, changes: Partial<ServerSpec> = {}): ServerSpec {
  return {
    name,
    program: peerProgram(name),
    nodeArguments: [],
    redis: 'filled',
    products: 'none',
    pinned: true,
    ...changes,
    env: { NODE_ENV: 'production', ...changes.env },
  };
}

/** A server of a few lines on node:http alone; `peers/raw.ts` has one for each name. */
export function rawPeer(name: string, changes: Partial<ServerSpec> = {}): ServerSpec {
  return peer(name, { ...changes, program: peerProgram('raw'), env: { RAW_SERVER: name } });
}

/** Returns the compiled file of a program in `peers/`. */
export function peerProgram(name: string): URL {
  return new URL(`../dist/http/peers/${name}.js`, import.meta.url);
}
