import { Redis } from 'ioredis';

/**
 * Runs one command on a connection of its own to a port on 127.0.0.1, as redis-cli does.
 *
 * @throws Error when the server does not answer within two seconds, or with an error
 */
export function redisCommand(port: number, name: string, ...args: string[]): Promise<unknown> {
  return onOwnConnection(port, (redis) => redis.call(name, ...args));
}

/**
 * Runs commands together, as by `MULTI` and `EXEC`, on a connection of its own.
 *
 * @throws Error when the server does not answer within two seconds, or with an error
 */
export function redisTransaction(
  port: number,
  commands: readonly (readonly string[])[],
): Promise<void> {
  return onOwnConnection(port, async (redis) => {
    const transaction = redis.multi();
    for (const [name = '', ...args] of commands) {
      transaction.call(name, ...args);
    }
    // What goes wrong with a command is in its result alone.
    for (const [error] of (await transaction.exec()) ?? []) {
      if (error) {
        throw error;
      }
    }
  });
}

async function onOwnConnection<T>(port: number, run: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(port, '127.0.0.1', {
    lazyConnect: true,
    retryStrategy: () => null,
    commandTimeout: 2000,
  });
  try {
    await redis.connect();
    return await run(redis);
  } finally {
    redis.disconnect();
  }
}
