import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * Sends commands to the Redis server or sentinel on a port of 127.0.0.1, and returns its replies as
 * they came, in RESP.
 *
 * @throws {Error} when nothing listens there, or no reply comes within a second.
 */
export function inlineCommands(port: number, commands: readonly string[]): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, timeout: 1000 });
  socket.once('timeout', () => socket.destroy(new Error(`Port ${port} does not reply`)));
  // The server replies, and then closes its side too. (Sentinels do not know QUIT.)
  socket.end([...commands, ''].join('\r\n'));
  return text(socket);
}
