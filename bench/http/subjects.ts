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

/** The service as a user starts it: the built program with its defaults, in one process. */
export function productApi(name = 'product-api', changes: Partial<ServerSpec> = {}): ServerSpec {
  const program = new URL('../../apps/api/dist/main.js', import.meta.url);
  const env = { WORKERS: '1', ...changes.env };
  return { ...server(name, program), redis: 'empty', products: 'standard', ...changes, env };
}

/** A compiled program in `peers/`. By default its Redis has all hot products. */
export function peer(name: string): ServerSpec {
  return server(name, peerProgram(name));
}

/** A server of a few lines on node:http alone; `peers/raw.ts` has one for each name. */
export function rawPeer(name: string, changes: Partial<ServerSpec> = {}): ServerSpec {
  return { ...server(name, peerProgram('raw')), ...changes, env: { RAW_SERVER: name } };
}

/** Returns the compiled file of a program in `peers/`. */
export function peerProgram(name: string): URL {
  return new URL(`../dist/http/peers/${name}.js`, import.meta.url);
}

function server(name: string, program: URL): ServerSpec {
  return {
    ...{ name, program, nodeArguments: [], env: {} },
    ...{ redis: 'filled', products: 'none', pinned: true },
  };
}
