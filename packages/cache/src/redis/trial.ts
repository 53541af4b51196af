import type { RedisClient } from './connection/redis-client.js';
import type { Keyspace } from './keyspace.js';

/** The key of a value that trials may change. A real value under it would only be lost: a miss. */
const TRIAL_KEY = 'trial';

/** Options for trials. */
export interface TrialOptions {
  readonly client: RedisClient;
  readonly keyspace: Keyspace;
  /** The beginning of the keys of token buckets; undefined if there are none. */
  readonly bucketPrefix: string | undefined;
  /** The number of the Redis database. */
  readonly database: number;
}

/** Checks of what Redis lets this process do. */
export interface Trial {
  /** Runs every command of the cache, without lasting effects. Rejects if Redis refuses one. */
  everything(): Promise<void>;
  /** Runs a no-op write, which a full Redis refuses. */
  write(): Promise<unknown>;
}

/** Creates the trials for a connection. */
export function createTrial({ client, keyspace, bucketPrefix, database }: TrialOptions): Trial {
  const value = keyspace.value(TRIAL_KEY);
  const keys = [value, keyspace.fence(TRIAL_KEY), keyspace.watermark, keyspace.claim];
  // Redis refuses the script if its user may not use one of the keys.
  if (bucketPrefix !== undefined) {
    keys.push(`${bucketPrefix}${TRIAL_KEY}`);
  }
  return {
    async everything() {
      // ioredis selects the database as well, but stays in database 0 if Redis refuses it.
      if (database !== 0) {
        await client.select(database);
      }
      await Promise.all([
        client.mget(value),
        client.scan('0', 'MATCH', value, 'COUNT', 1),
        client.trial(keys.length, ...keys),
      ]);
    },

    // XX writes only to an existing key, and this key does not exist.
    write: () => client.set(value, '', 'PX', 1, 'XX'),
  };
}
