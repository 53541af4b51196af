import { once } from 'node:events';
import type { Server } from 'node:http';
import { isIPv6 } from 'node:net';

/**
 * Makes a server listen and answers the URL under which this machine reaches it.
 * @throws the error of `listen`, for instance with code EADDRINUSE
 */
export async function listen(server: Server, port: number, host: string): Promise<string> {
  server.listen(port, host);
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
