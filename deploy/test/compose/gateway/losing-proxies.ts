import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';

/** Two addresses of one service, which can lose a response as a service loses it that dies. */
export interface LosingProxies {
  /** The two addresses, such as `127.0.0.1:8080`. */
  readonly hosts: readonly [string, string];
  /** Makes the proxy that gets the next response close its connection in place of sending it. */
  loseNextResponse(): void;
  /** Closes both proxies and their connections. */
  stop(): void;
}

/** Starts two proxies on 127.0.0.1 in front of a port of it. */
export async function startLosingProxies(port: number): Promise<LosingProxies> {
  let willLose = false;
  const stopping = new AbortController();
  const startOne = async () => {
    const server = createServer((client) => {
      const service = connect(port, '127.0.0.1');
      const end = () => [client, service].map((socket) => socket.destroy());
      client.on('error', end).on('close', end).pipe(service);
      service.on('error', end).on('close', end);
      service.on('data', (bytes) => {
        if (willLose) {
          willLose = false;
          end();
        } else {
          client.write(bytes);
        }
      });
      stopping.signal.addEventListener('abort', end);
    });
    stopping.signal.addEventListener('abort', () => server.close());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return `127.0.0.1:${portOf(server)}`;
  };
  return {
    hosts: [await startOne(), await startOne()],
    loseNextResponse() {
      willLose = true;
    },
    stop: () => stopping.abort(),
  };
}

function portOf(server: Server): number {
  // A server that listens on TCP has such an address.
  return (server.address() as AddressInfo).port;
}
