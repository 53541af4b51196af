import type { RedisOptions } from 'ioredis';

const timeoutMs = 500;

/** The time limits of ioredis: a command fails rather than wait for an answer or a connection. */
export const strictIoredisOptions = {
  commandTimeout: timeoutMs,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
} satisfies RedisOptions;

/**
 * The time limits of node-redis, which has none for a command that was sent, only for a silent
 * connection; after one it reconnects only with a strategy that says so. Made anew for each client,
 * since some libraries change the options that they are given.
 */
export function strictNodeRedisOptions(url: string) {
  return {
    url,
    disableOfflineQueue: true,
    pingInterval: timeoutMs / 2,
    socket: {
      socketTimeout: timeoutMs,
      connectTimeout: timeoutMs,
      reconnectStrategy: (attempts: number) => Math.min(100 * 2 ** attempts, 2000),
    },
  };
}
