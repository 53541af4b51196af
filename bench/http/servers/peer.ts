import type { ServerSpec } from './server-spec.js';

/** A program of `peers/`, compiled as the service is. */
export function peerProgram(name: string): URL {
  return new URL(`../../dist/http/peers/${name}.js`, import.meta.url);
}

/** A peer of the service, on a Redis that has all hot products unless `changes` say otherwise. */
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
