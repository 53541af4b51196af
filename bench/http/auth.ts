import { z } from 'zod';
import { replacing } from './ablations/ablations.js';
import { type Experiment, pair, subject, type Workload } from './experiment.js';
import { productApi } from './servers.js';
import { cachedReads } from './workloads.js';

const OPERATOR_KEY = 'key-of-the-operator-of-benchmarks';

/** The least throughput of cached reads with a key, as a share of that without one. */
const GOAL = 0.97;

/** Cached reads with a key that is made for them. */
const readsWithKey: Workload = {
  order: 'repeat',
  async requests(server, round) {
    const requests = await cachedReads.requests(server, round);
    const response = await fetch(`${server.url}/api-keys`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${OPERATOR_KEY}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: 'benchmark', scopes: ['products:read'] }),
    });
    const { key } = z.object({ key: z.string() }).parse(await response.json());
    return requests.map((request) => ({ ...request, headers: { Authorization: `Bearer ${key}` } }));
  },
};

function service(mode: 'off' | 'all', nodeArguments: readonly string[] = []) {
  const env = { WORKERS: '1', AUTH: mode, ADMIN_API_KEY: OPERATOR_KEY };
  return productApi({ env, nodeArguments });
}

/**
 * Returns the experiments that compare cached reads of a service that needs keys with those of one
 * that needs none. The others show where the difference comes from: what the header costs alone,
 * and what it would cost to hash the key of each request.
 */
export function authExperiments(): Experiment[] {
  const off = () => subject('AUTH=off', service('off'), cachedReads);
  const all = () => subject('AUTH=all', service('all'), readsWithKey);
  const header = subject('AUTH=off, with the header', service('off'), readsWithKey);
  const hashed = subject(
    'AUTH=all, each key hashed with each request',
    service('all', ['--import', hashedKeys().href]),
    readsWithKey,
  );
  return [
    pair('auth', 'Cached read: AUTH=all ÷ AUTH=off', [all(), off()], GOAL),
    pair('auth', 'Cached read, AUTH=off: with the header ÷ without', [header, off()]),
    pair('auth', 'Cached read, AUTH=all: each key hashed with each request ÷ once', [
      hashed,
      all(),
    ]),
  ];
}

function hashedKeys(): URL {
  return replacing(
    new URL('../../apps/api/dist/api-keys/verified-tokens.js', import.meta.url),
    new URL('ablations/hashed-keys.js', import.meta.url),
  );
}
