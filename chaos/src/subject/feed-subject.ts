import type { Database } from '@product-api/database';
import type { SeededRandom } from '@product-api/testing';
import type { HistoryEvent } from '../history/history.js';
import { type FaultProxy, openFaultProxy } from '../network/fault-proxy.js';
import type { Server } from '../workload/product-requests.js';

/** A service whose feed is followed while its processes, Redis and its database fail. */
export interface FeedSubject {
  /** The addresses of the processes, for writers. */
  readonly processes: readonly [Server, ...Server[]];
  /** The same processes on paths that can be cut, for followers. */
  readonly clientPaths: readonly [ClientPath, ...ClientPath[]];
  /** The database, for the log and for SQL by hand. */
  readonly database: Database;
  /** Everything that was done to the subject so far, in order. */
  readonly events: readonly HistoryEvent[];
  /** Lets everything go wrong once that can, and repairs it. */
  injectFaults(random: SeededRandom): Promise<void>;
  stop(): Promise<void>;
}

/** The settings of the service beside the defaults of the tests. */
export const feedSettings = {
  // Often, so that polls come while followers join.
  CACHE_POLL_MS: '20',
} as const;

/** A path from clients to an API process. */
export interface ClientPath extends Server {
  readonly path: FaultProxy;
}

/** Opens a path to a process. */
export async function openClientPath({ name, baseUrl }: Server): Promise<ClientPath> {
  const path = await openFaultProxy(Number(new URL(baseUrl).port));
  return { name, baseUrl: `http://127.0.0.1:${path.port}`, path };
}
