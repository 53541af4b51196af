import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * The process id of the Redis server that answers on a port of 127.0.0.1: more telling than PING,
 * because it also says which server answers.
 *
 * @throws Error when nothing listens there, or what listens is not a Redis server that is ready.
 */
export async function redisProcessId(port: number): Promise<number> {
  const socket = connect({ host: '127.0.0.1', port, timeout: 1000 });
  socket.once('timeout', () => socket.destroy(new Error(`Port ${port} does not answer`)));
  // PING fails while the server still loads its files; QUIT makes it close the connection.
  socket.write('PING\r\nINFO server\r\nQUIT\r\n');
  const answer = await text(socket);
  const processId = /^process_id:(\d+)\r$/m.exec(answer)?.[1];
  if (!answer.startsWith('+PONG') || processId === undefined) {
    throw new Error(`Port ${port} has no Redis server that is ready: ${answer.slice(0, 100)}`);
  }
  return Number(processId);
}
