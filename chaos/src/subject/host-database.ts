import type { PostgresServer } from '@product-api/testing';
import { eventually } from '@product-api/testing';
import type { DatabaseOutage, RecordEvent } from '../history/history.js';
import { type FaultProxy, openFaultProxy } from '../network/fault-proxy.js';
import type { Server } from '../workload/product-requests.js';

/** As many requests at once as a host has connections, so that each of them is used. */
const CONNECTIONS = 8;

/** Milliseconds in which a list must be read for the host to be said to use its database. */
const LIST_TIMEOUT_MS = 1000;

/**
 * Milliseconds after a fault in which a host uses its database again: at most seven seconds for a
 * statement on a dead connection, on which another one may wait.
 */
const RECOVERY_MS = 30_000;

/** The PostgreSQL of one host, with its own network path. */
export class HostDatabase {
  /** DATABASE_URL of the host. */
  readonly url: string;
  readonly path: FaultProxy;
  readonly #outages: DatabaseOutage[] = [];

  private constructor(url: string, path: FaultProxy) {
    this.url = url;
    this.path = path;
  }

  /** Opens the path of a host to a server. */
  static async open(server: PostgresServer, recordEvent: RecordEvent): Promise<HostDatabase> {
    const path = await openFaultProxy(server.port, (what) => {
      recordEvent(`path to PostgreSQL ${what}`);
    });
    return new HostDatabase(Object.assign(new URL(server.url), { port: path.port }).href, path);
  }

  /** The times in which the host could not use it. */
  get outages(): readonly DatabaseOutage[] {
    return this.#outages;
  }

  /** Records that `during` takes the database from the host, until the host uses it again. */
  async interrupt(host: Server, during: () => Promise<void>): Promise<void> {
    const outage = { process: host.name, begin: performance.now() };
    const index = this.#outages.push({ ...outage, end: Infinity }) - 1;
    await during();
    await eventually(() => usesDatabase(host), { timeoutMs: RECOVERY_MS });
    this.#outages[index] = { ...outage, end: performance.now() };
  }

  close(): Promise<void> {
    return this.path.close();
  }
}

/** Returns whether all connections of a host work. A list is never read from a cache. */
async function usesDatabase({ baseUrl }: Server): Promise<boolean> {
  const readList = async () => {
    const signal = AbortSignal.timeout(LIST_TIMEOUT_MS);
    const response = await fetch(`${baseUrl}/products?limit=1`, { signal });
    await response.arrayBuffer();
    return response.ok;
  };
  return (await Promise.all(Array.from({ length: CONNECTIONS }, readList))).every(Boolean);
}
