import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * Returns the process id of the Redis server on a port of 127.0.0.1. Unlike PING, it also shows
 * which server replies.
 *
 * @throws {Error} when nothing listens there, or no Redis server that is ready.
 */
export async function redisProcessId(port: number): Promise<number> {
  const socket = connect({ host: '127.0.0.1', port, timeout: 1000 });
  socket.once('timeout', () => socket.destroy(new Error(`Port ${port} does not reply`)));
  // PING fails while the server still loads its files; QUIT makes it close the connection.
  socket.write('PING\r\nINFO server\r\nQUIT\r\n');
  const reply = await text(socket);
  const processId = /^process_id:(\d+)\r$/m.exec(reply)?.[1];
  if (!reply.startsWith('+PONG') || processId === undefined) {
    throw new Error(`No Redis server is ready on port ${port}: ${reply.slice(0, 100)}`);
  }
  return Number(processId);
}
