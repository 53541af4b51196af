import { Redis } from 'ioredis';

/**
 * Runs one command on a connection of its own to a port on 127.0.0.1, as redis-cli does.
 *
 * @throws Error when the server does not answer within two seconds, or with an error
 */
export async function redisCommand(port: number, name: string, ...args: string[]) {
  const redis = new Redis(port, '127.0.0.1', {
    lazyConnect: true,
    retryStrategy: () => null,
    commandTimeout: 2000,
  });
  try {
    await redis.connect();
    return await redis.call(name, ...args);
  } finally {
    redis.disconnect();
  }
}
