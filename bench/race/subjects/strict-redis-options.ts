import type { RedisOptions } from 'ioredis';

const TIMEOUT_MS = 500;

/** The time limits of ioredis: a command fails instead of waiting for a reply or a connection. */
export const strictIoredisOptions = {
  commandTimeout: TIMEOUT_MS,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
} satisfies RedisOptions;

/**
 * Returns the time limits of node-redis. It has none for a sent command, only for a silent
 * connection, after which it reconnects only with a `reconnectStrategy`. Each client needs its own
 * object, because some libraries change their options.
 */
export function strictNodeRedisOptions(url: string) {
  return {
    url,
    disableOfflineQueue: true,
    pingInterval: TIMEOUT_MS / 2,
    socket: {
      socketTimeout: TIMEOUT_MS,
      connectTimeout: TIMEOUT_MS,
      reconnectStrategy: (attempts: number) => Math.min(100 * 2 ** attempts, 2000),
    },
  };
}
