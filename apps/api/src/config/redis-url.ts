import { parseRedisUrl, type RedisAddress, RedisUrlError } from '@product-api/cache';
import { z } from 'zod';

/** Parses the URL of a Redis server. Messages never show the URL, which may hold a password. */
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
