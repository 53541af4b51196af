import { testEnvironment } from '../environment.js';
import { startRedis } from './start-redis.js';

/** A Redis that several tests use: a test must not flush, stop or reconfigure it. */
export interface SharedRedis {
  readonly url: string;
  /** Stops the server if it was started for this test file. */
  stop(): Promise<void>;
}

/**
 * Returns the server at REDIS_URL, or starts one if REDIS_URL is not set. Tests use different keys
 * in it; a test that needs a server for itself calls `startRedis`.
 *
 * @throws {MissingProgramError} when REDIS_URL is not set and there is no redis-server.
 */
export async function sharedRedis(): Promise<SharedRedis> {
  const { redisUrl } = testEnvironment();
  return redisUrl === undefined ? startRedis() : { url: redisUrl, stop: async () => undefined };
}
