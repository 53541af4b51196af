import type { Dialect } from '@product-api/database';

/** A server to be measured. It gets a database with products and a redis-server of its own. */
export interface ServerSpec {
  readonly program: URL;
  /** The path of the Node.js that runs it; default that of the benchmark. */
  readonly node?: string;
  /** Arguments of Node.js, before the program. */
  readonly nodeArguments?: readonly string[];
  /** Environment variables beside `PORT`, `REDIS_URL` and `DATABASE_URL`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether its Redis has all hot products, is empty, or does not exist. */
  readonly redis: 'filled' | 'empty' | 'none';
  /** The kind of its database; default `sqlite`. */
  readonly dialect?: Dialect;
  /** The number of products in its database; default that of the scale. */
  readonly products?: number;
  /** Whether the server and the load run on any cores instead of one each. */
  readonly anyCores?: boolean;
}

/** The service as a user starts it: the built program with its defaults, in one process. */
export function productApi(changes: Partial<ServerSpec> = {}): ServerSpec {
  const program = new URL('../../apps/api/dist/main.js', import.meta.url);
  return { program, redis: 'empty', env: { WORKERS: '1' }, ...changes };
}

/** A compiled program in `peers/`; its Redis has all hot products. */
export function peer(name: string): ServerSpec {
  return { program: peerProgram(name), redis: 'filled' };
}

/** A server of a few lines on node:http alone; `peers/raw.ts` has one for each name. */
export function rawPeer(name: string, redis: ServerSpec['redis'] = 'filled'): ServerSpec {
  return { program: peerProgram('raw'), env: { RAW_SERVER: name }, redis };
}

/** Returns the compiled file of a program in `peers/`. */
export function peerProgram(name: string): URL {
  return new URL(`../dist/http/peers/${name}.js`, import.meta.url);
}
