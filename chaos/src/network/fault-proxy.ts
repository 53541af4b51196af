import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { Note } from '../history/occurrence.js';
import { describeFault, type NetworkFault } from './network-fault.js';
import { ProxiedConnection } from './proxied-connection.js';

/** A network path to a local server, on which things go wrong. */
export interface FaultProxy {
  /** The port on 127.0.0.1 where it takes connections; never changes. */
  readonly port: number;
  /** Makes the path faulty, for the connections there are and for new ones, until `heal`. */
  impair(fault: NetworkFault): void;
  /** Ends the fault, and delivers what was held up. */
  heal(): void;
  /** Resets the connections there are; new ones work. */
  resetConnections(): void;
  /** Lets nothing more through the connections there are, without a word; new ones work. */
  abandonConnections(): void;
  /** Leads to another port from now on, and resets the connections to the former one. */
  leadTo(port: number): void;
  close(): Promise<void>;
}

/**
 * Opens a path to a port on 127.0.0.1.
 *
 * @param note is told of what goes wrong on it
 */
export async function openFaultProxy(
  serverPort: number,
  note: Note = () => undefined,
): Promise<FaultProxy> {
  const connections = new Set<ProxiedConnection>();
  let target = serverPort;
  let fault: NetworkFault | undefined;

  const accept = (client: Socket) => {
    if (fault?.kind === 'refuse') {
      client.resetAndDestroy();
      return;
    }
    connections.add(new ProxiedConnection(client, target, () => fault));
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
      note(describeFault(next));
      fault = next;
      if (fault.kind === 'refuse') {
        resetConnections();
      }
    },
    heal() {
      note('healed');
      fault = undefined;
      for (const connection of connections) {
        connection.release();
      }
    },
    resetConnections() {
      note('connections reset');
      resetConnections();
    },
    abandonConnections() {
      note('connections abandoned');
      for (const connection of connections) {
        connection.abandon();
      }
    },
    leadTo(port) {
      note(`leads to port ${port}`);
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
    throw new Error('Not a TCP address');
  }
  return address.port;
}
