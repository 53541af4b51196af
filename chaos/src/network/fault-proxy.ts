import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { RecordEvent } from '../history/history.js';
import { describeImpairment, type Impairment } from './impairment.js';
import { ProxiedConnection } from './proxied-connection.js';

/** A network path to a local server that can be impaired. */
export interface FaultProxy {
  /** The port on 127.0.0.1 that accepts connections; never changes. */
  readonly port: number;
  /** Impairs the path, for open and new connections, until `heal`. */
  impair(impairment: Impairment): void;
  /** Ends the impairment, and delivers everything that was held back. */
  heal(): void;
  /** Resets the open connections; new ones work. */
  resetConnections(): void;
  /** Drops all further bytes of the open connections, without an error; new ones work. */
  abandonConnections(): void;
  /** Connects to another port from now on, and resets the connections to the previous one. */
  connectTo(port: number): void;
  close(): Promise<void>;
}

/**
 * Opens a path to a port on 127.0.0.1.
 *
 * @param recordEvent called with everything that happens to the path
 */
export async function openFaultProxy(
  serverPort: number,
  recordEvent: RecordEvent = () => undefined,
): Promise<FaultProxy> {
  const connections = new Set<ProxiedConnection>();
  let target = serverPort;
  let impairment: Impairment | undefined;

  const accept = (client: Socket) => {
    if (impairment?.kind === 'refuse') {
      client.resetAndDestroy();
      return;
    }
    connections.add(new ProxiedConnection(client, target, () => impairment));
  };
  const resetConnections = () => {
    for (const connection of connections) {
      connection.reset();
    }
    connections.clear();
  };

  const server = createServer(accept);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: portOf(server.address()),
    impair(next) {
      recordEvent(describeImpairment(next));
      impairment = next;
      if (impairment.kind === 'refuse') {
        resetConnections();
      }
    },
    heal() {
      recordEvent('healed');
      impairment = undefined;
      for (const connection of connections) {
        connection.release();
      }
    },
    resetConnections() {
      recordEvent('connections reset');
      resetConnections();
    },
    abandonConnections() {
      recordEvent('connections abandoned');
      for (const connection of connections) {
        connection.abandon();
      }
    },
    connectTo(port) {
      recordEvent(`connects to port ${port}`);
      target = port;
      resetConnections();
    },
    async close() {
      resetConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function portOf(address: ReturnType<ReturnType<typeof createServer>['address']>): number {
  if (address === null || typeof address === 'string') {
    throw new Error(`Expected a TCP address, got ${address}`);
  }
  return address.port;
}
