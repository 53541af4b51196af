import { once } from 'node:events';
import { createServer, isIPv6, type Server } from 'node:net';
import { type ListenAddress, ListenError } from './listen-error.js';

/**
 * Connections that may wait to be accepted, where the system allows as many (net.core.somaxconn): with the
 * 511 of Node, a thousand clients that come at once find no room, and some try again only after a second.
 */
const backlog = 4096;

/**
 * Makes a server listen and returns the URL under which this machine reaches it.
 * @throws ListenError where the address cannot be used
 */
export async function listen(server: Server, { host, port }: ListenAddress): Promise<string> {
  await openListener(server, { host, port });
  const address = server.address();
  const actualPort = typeof address === 'object' && address ? address.port : port;
  return `http://${reachable(host)}:${actualPort}`;
}

/**
 * Listens for a moment, and takes no request: a start that is bound to fail is to fail before it changes
 * the database.
 * @throws ListenError where the address cannot be used
 */
export async function requireFreeAddress(address: ListenAddress): Promise<void> {
  const probe = createServer((connection) => connection.destroy());
  await openListener(probe, address);
  probe.close();
  await once(probe, 'close');
}

async function openListener(server: Server, address: ListenAddress): Promise<void> {
  server.listen(address.port, address.host, backlog);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw error instanceof Error ? new ListenError(address, error) : error;
  }
}

/** Addresses that mean "every interface" are reached as localhost. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '127.0.0.1') {
    return 'localhost';
  }
  return isIPv6(host) ? `[${host}]` : host;
}
