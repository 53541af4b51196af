import { Redis } from 'ioredis';

/**
 * Runs one command on a new connection to a port on 127.0.0.1, as redis-cli does.
 *
 * @throws {Error} when the server replies with an error, or not within two seconds
 */
export function redisCommand(port: number, name: string, ...args: string[]): Promise<unknown> {
  return withNewConnection(port, (redis) => redis.call(name, ...args));
}

/**
 * Runs commands atomically (`MULTI` and `EXEC`) on a new connection.
 *
 * @throws {Error} when the server replies with an error, or not within two seconds
 */
export function redisTransaction(
  port: number,
  commands: readonly (readonly string[])[],
): Promise<void> {
  return withNewConnection(port, async (redis) => {
    const transaction = redis.multi();
    for (const [name = '', ...args] of commands) {
      transaction.call(name, ...args);
    }
    // EXEC does not fail with its commands: each result has its own error.
    for (const [error] of (await transaction.exec()) ?? []) {
      if (error) {
        throw error;
      }
    }
  });
}

async function withNewConnection<T>(port: number, run: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(port, '127.0.0.1', {
    lazyConnect: true,
    retryStrategy: () => null,
    commandTimeout: 2000,
  });
  // Each command rejects with it; without a listener, ioredis also prints it.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return await run(redis);
  } finally {
    redis.disconnect();
  }
}
