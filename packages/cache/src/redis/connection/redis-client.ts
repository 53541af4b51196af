import { Redis, type RedisOptions } from 'ioredis';
import { backoffMs } from '../../store/backoff.js';
import { connectionOptions, type RedisAddress } from '../address/redis-address.js';
import { loadScripts, type ScriptCommands } from '../scripts.js';
import { CommandWatchdog } from './command-watchdog.js';
import { endConnectionsAtMalformedReplies } from './malformed-replies.js';
import { ObservedSentinelConnector } from './observed-sentinel-connector.js';

/** An ioredis client with the scripts of the cache protocol. */
export type RedisClient = Redis & ScriptCommands;

/** Milliseconds until the failovers of a lost sentinel are followed again. */
const SENTINEL_RECONNECT_MS = 1000;

/** Options for a Redis client. */
export interface RedisClientOptions {
  readonly address: RedisAddress;
  /** Milliseconds after which a command without a reply fails. */
  readonly timeoutMs: number;
  /** Milliseconds after which an attempt to connect fails. */
  readonly connectTimeoutMs: number;
}

/**
 * Creates a client and starts to connect. It retries without end, with pauses of at most a second.
 *
 * A command never waits for a connection and is never sent twice: a FILL from before an outage must
 * not reach Redis after it.
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
    // The trial before each use checks more than this, for example whether Redis is loading.
    enableReadyCheck: false,
    retryStrategy: retryPauseMs,
    ...(address.kind === 'sentinels' && sentinelOptions(connectTimeoutMs)),
  });
  watchCommands(client, new CommandWatchdog(timeoutMs));
  // ioredis defines a method for each entry of `scripts`, which its types do not express.
  return client as RedisClient;
}

function retryPauseMs(attempt: number): number {
  return backoffMs(attempt - 1, { minMs: 50, maxMs: 1000 }, Math.random);
}

function sentinelOptions(timeoutMs: number) {
  return {
    Connector: ObservedSentinelConnector,
    // After a planned failover the former primary accepts commands for some ten seconds.
    failoverDetector: true,
    // Sentinels that were not configured get no password.
    updateSentinels: false,
    sentinelCommandTimeout: timeoutMs,
    sentinelRetryStrategy: retryPauseMs,
    sentinelReconnectStrategy: () => SENTINEL_RECONNECT_MS,
  } satisfies RedisOptions;
}

/** The client's event, with the error, when Redis refused the login or the database. */
export const HANDSHAKE_REFUSED = 'handshake-refused';

function watchCommands(client: Redis, watchdog: CommandWatchdog): void {
  const send = client.sendCommand.bind(client);
  client.sendCommand = (command, stream) => {
    const reply = send(command, stream);
    watchdog.watch(command);
    // ioredis drops this error if the connection ends right after it.
    if (client.status === 'connect') {
      command.promise.catch((error: unknown) => {
        if (isReplyError(error) && isRefusal(command.name, error)) {
          client.emit(HANDSHAKE_REFUSED, error);
        }
      });
    }
    return reply;
  };
}

/**
 * Returns whether an error refuses the handshake. ioredis copes without HELLO and CLIENT SETINFO.
 */
function isRefusal(command: string, { message }: Error): boolean {
  return ['hello', 'auth', 'select'].includes(command) && !/unknown command|NOPROTO/.test(message);
}

/** Returns whether an error is a reply of Redis, which shows that the connection works. */
export function isReplyError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError';
}

/** Returns whether a command met a key of another type, which another program must have written. */
export function isWrongType(error: unknown): boolean {
  return isReplyError(error) && error.message.startsWith('WRONGTYPE');
}

/** Returns whether a replica refused a write. For scripts, Redis 6 has READONLY inside the text. */
export function isReadOnly(error: unknown): boolean {
  return isReplyError(error) && error.message.includes('READONLY');
}
