import { parseRedisUrl, type RedisAddress, RedisUrlError } from '@product-api/cache';
import { z } from 'zod';

/** The URL of a Redis server, parsed; its faults are told without the URL, as that may hold a password. */
export const redisUrl = z.string().transform((text, context): RedisAddress => {
  try {
    return parseRedisUrl(text);
  } catch (error) {
    if (!(error instanceof RedisUrlError)) {
      throw error;
    }
    context.addIssue({ code: 'custom', message: error.message });
    return z.NEVER;
  }
});
