import { once } from 'node:events';
import { createServer, isIPv6 } from 'node:net';
import { StartError } from '../../errors.js';
/**
 * Connections that may wait to be accepted, if the system allows as many (net.core.somaxconn). With
 * Node's default of 511, some of a thousand clients that connect at once would have to retry after
 * a second.
 */
const BACKLOG = 4096;
/** The service cannot listen on its address. The message says why and how to repair it. */
export class ListenError extends StartError {
    name = 'ListenError';
    constructor(address, cause) {
        super(explain(address, cause), { cause });
    }
}
/**
 * Makes a server listen, and returns the URL to reach it from this machine.
 *
 * @throws {ListenError} when the address cannot be used
 */
export async function listen(server, { host, port }) {
    await openListener(server, { host, port });
    const address = server.address();
    const actualPort = typeof address === 'object' && address ? address.port : port;
    return `http://${reachable(host)}:${actualPort}`;
}
/**
 * Checks that an address can be listened on, by listening for a moment without serving. A start
 * that would fail on its address must fail before it changes the database.
 *
 * @throws {ListenError} when the address cannot be used
 */
export async function requireFreeAddress(address) {
    const probe = createServer((connection) => connection.destroy());
    await openListener(probe, address);
    probe.close();
    await once(probe, 'close');
}
async function openListener(server, address) {
    server.listen(address.port, address.host, BACKLOG);
    try {
        await once(server, 'listening');
    }
    catch (error) {
        throw error instanceof Error ? new ListenError(address, error) : error;
    }
}
/** Returns the host for a URL; `localhost` for the loopback address and for all interfaces. */
function reachable(host) {
    if (host === '0.0.0.0' || host === '::' || host === '127.0.0.1') {
        return 'localhost';
    }
    return isIPv6(host) ? `[${host}]` : host;
}
function explain({ host, port }, { code, message }) {
    switch (code) {
        case 'EADDRINUSE':
            return `Port ${port} is in use on ${host}: stop the other program or set PORT`;
        case 'EADDRNOTAVAIL':
        case 'EINVAL':
            return `${host} is not an address of this machine: set HOST to one of its addresses, 127.0.0.1 or 0.0.0.0`;
        case 'EAFNOSUPPORT':
            return `This machine has no IPv6, which ${host} needs: set HOST to an IPv4 address, such as 127.0.0.1`;
        case 'ENOTFOUND':
        case 'EAI_AGAIN':
        case 'EAI_FAIL':
            return `The host name ${host} has no address: correct HOST, or set it to 127.0.0.1 or 0.0.0.0`;
        case 'EACCES':
        case 'EPERM':
            return `This user may not listen on port ${port} of ${host}: set PORT to 1024 or higher, or permit it`;
        case 'EMFILE':
        case 'ENFILE':
            return `Too many files are open to listen on port ${port}: raise the limit (ulimit -n)`;
        default:
            return `Cannot listen on port ${port} of ${host} (${code ?? message}): check HOST and PORT`;
    }
}
//# sourceMappingURL=listen.js.map