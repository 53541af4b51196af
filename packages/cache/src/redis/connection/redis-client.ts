import { Redis } from 'ioredis';
import { backoffMs } from '../../store/backoff.js';
import { connectionOptions, type RedisAddress } from '../address/redis-address.js';
import { loadScripts, type ScriptCommands } from '../scripts.js';
import { CommandWatchdog } from './command-watchdog.js';
import { endConnectionsAtMalformedReplies } from './malformed-replies.js';

/** An ioredis client that also knows the cache protocol's scripts. */
export type RedisClient = Redis & ScriptCommands;

/** How the client connects. */
export interface RedisClientOptions {
  readonly address: RedisAddress;
  /** Milliseconds after which a command without an answer fails. */
  readonly timeoutMs: number;
  /** Milliseconds after which an attempt to connect fails. */
  readonly connectTimeoutMs: number;
}

/**
 * Starts connecting, and keeps trying for ever, pausing at most a second.
 *
 * No command ever waits for a connection or is sent twice: a FILL from before an outage must not
 * land after it.
 */
export function createRedisClient({ address, timeoutMs, connectTimeoutMs }: RedisClientOptions) {
  endConnectionsAtMalformedReplies();
  const client = new Redis({
    ...connectionOptions(address),
    scripts: loadScripts(),
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: connectTimeoutMs,
    disconnectTimeout: timeoutMs,
    // The trial before each use finds out more, such as that Redis is loading.
    enableReadyCheck: false,
    retryStrategy: (attempt) => backoffMs(attempt - 1, { minMs: 50, maxMs: 1000 }, Math.random),
  });
  watchCommands(client, new CommandWatchdog(timeoutMs));
  // ioredis defines a method for each entry of `scripts`, which its types do not express.
  return client as RedisClient;
}

/** The event of a client that Redis refused its log-in or its database, with the error. */
export const handshakeRefused = 'handshake-refused';

function watchCommands(client: Redis, watchdog: CommandWatchdog): void {
  const send = client.sendCommand.bind(client);
  client.sendCommand = (command, stream) => {
    const answer = send(command, stream);
    watchdog.watch(command);
    // ioredis does not tell what Redis said if the connection ends right after it.
    if (client.status === 'connect') {
      command.promise.catch((error: unknown) => {
        if (isReplyError(error) && isRefusal(command.name, error)) {
          client.emit(handshakeRefused, error);
        }
      });
    }
    return answer;
  };
}

/** HELLO may be unknown, and ioredis then does without; CLIENT SETINFO is a courtesy. */
function isRefusal(command: string, { message }: Error): boolean {
  return ['hello', 'auth', 'select'].includes(command) && !/unknown command|NOPROTO/.test(message);
}

/** Whether Redis itself answered with an error, so that it is alive and the connection works. */
export function isReplyError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError';
}

/** Whether a command met a key of another type, which somebody else must have made. */
export function isWrongType(error: unknown): boolean {
  return isReplyError(error) && error.message.startsWith('WRONGTYPE');
}

/** Whether Redis refused a write because it is a replica; in a script, Redis 6 says so further on. */
export function isReadOnly(error: unknown): boolean {
  return isReplyError(error) && error.message.includes('READONLY');
}
