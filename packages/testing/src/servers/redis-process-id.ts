import { inlineCommands } from './inline-commands.js';

/**
 * Returns the process id of the Redis server on a port of 127.0.0.1. Unlike PING, it also shows
 * which server replies.
 *
 * @throws {Error} when nothing listens there, or no Redis server that is ready.
 */
export async function redisProcessId(port: number, password?: string): Promise<number> {
  const login = password === undefined ? [] : [`AUTH ${password}`];
  // PING fails while the server still loads its files.
  const reply = await inlineCommands(port, [...login, 'PING', 'INFO server']);
  const processId = /^process_id:(\d+)\r$/m.exec(reply)?.[1];
  if (!/^\+PONG\r$/m.test(reply) || processId === undefined) {
    throw new Error(`No Redis server is ready on port ${port}: ${reply.slice(0, 100)}`);
  }
  return Number(processId);
}
