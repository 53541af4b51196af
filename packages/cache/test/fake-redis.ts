import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Opens a fake, faulty Redis server for the current test, and returns its URL. */
export async function openFakeRedis(onConnection: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    for (const socket of sockets) {
      socket.destroy();
    }
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('Expected a listening server to have a port');
  }
  return `redis://127.0.0.1:${address.port}`;
}

/** Creates a connection handler that replies to each command, by its name in upper case. */
export function replyTo(reply: (command: string) => string): (socket: Socket) => void {
  return (socket) => {
    socket.on('data', (data) => {
      for (const [, name = ''] of data.toString().matchAll(/\*\d+\r\n\$\d+\r\n(\w+)\r\n/g)) {
        socket.write(reply(name.toUpperCase()));
      }
    });
  };
}
