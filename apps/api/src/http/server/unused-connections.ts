import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Observes the connections of a server. Node does not count one as idle before its first request,
 * so that it could delay a stop for as long as the headers of a request may take.
 *
 * @returns a function that ends the connections on which no byte has arrived
 */
export function trackUnusedConnections(server: Server): () => void {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return () => {
    for (const socket of open) {
      if (socket.bytesRead === 0) {
        socket.destroy();
      }
    }
  };
}
