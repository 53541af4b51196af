import { once } from 'node:events';
import type { Server } from 'node:http';
import { isIPv6 } from 'node:net';

/**
 * Connections that may wait to be accepted, where the system allows as many (net.core.somaxconn): with the
 * 511 of Node, a thousand clients that come at once find no room, and some try again only after a second.
 */
const BACKLOG = 4096;

/**
 * Makes a server listen and answers the URL under which this machine reaches it.
 * @throws the error of `listen`, for instance with code EADDRINUSE
 */
export async function listen(server: Server, port: number, host: string): Promise<string> {
  server.listen(port, host, BACKLOG);
  await once(server, 'listening');
  const address = server.address();
  const actualPort = typeof address === 'object' && address ? address.port : port;
  return `http://${reachable(host)}:${actualPort}`;
}

/** Addresses that mean "every interface" are reached as localhost. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '127.0.0.1') return 'localhost';
  return isIPv6(host) ? `[${host}]` : host;
}
