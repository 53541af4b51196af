import { testEnvironment } from './environment.js';
import { startRedis } from './start-redis.js';

/** A Redis that the tests using it do not own: not to be flushed, stopped or reconfigured. */
export interface SharedRedis {
  readonly url: string;
  /** Lets go of it; a server that was started for these tests ends. */
  stop(): Promise<void>;
}

/**
 * The server at REDIS_URL, else one started here. A test uses keys of its own in it; one that
 * needs a server to itself calls `startRedis`.
 *
 * @throws MissingProgramError when REDIS_URL is not set and there is no redis-server.
 */
export async function sharedRedis(): Promise<SharedRedis> {
  const { redisUrl } = testEnvironment();
  return redisUrl === undefined ? startRedis() : { url: redisUrl, stop: async () => undefined };
}
