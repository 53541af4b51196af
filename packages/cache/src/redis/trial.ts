import type { RedisClient } from './connection/redis-client.js';
import type { Keyspace } from './keyspace.js';

/** A key that nobody needs: what becomes of it in a trial costs a miss at most. */
const trialKey = 'trial';

/** What a trial is about. */
export interface TrialOptions {
  readonly client: RedisClient;
  readonly keyspace: Keyspace;
  /** The number of the database. */
  readonly database: number;
}

/** Ways to find out what Redis lets this process do. */
export interface Trial {
  /** Does everything that the cache does, and leaves nothing; rejects as Redis refuses it. */
  everything(): Promise<void>;
  /** A write of nothing, which a Redis refuses that refuses new entries. */
  write(): Promise<unknown>;
}

/** Makes the trials of a connection. */
export function createTrial({ client, keyspace, database }: TrialOptions): Trial {
  const value = keyspace.value(trialKey);
  const keys = [value, keyspace.fence(trialKey), keyspace.watermark, keyspace.claim];
  return {
    async everything() {
      // ioredis selects the database too, and stays in database 0 if that is refused.
      if (database !== 0) {
        await client.select(database);
      }
      await Promise.all([
        client.mget(value),
        client.scan('0', 'MATCH', value, 'COUNT', 1),
        client.trial(keys.length, ...keys),
      ]);
    },

    // With XX, as there is no such key.
    write: () => client.set(value, '', 'PX', 1, 'XX'),
  };
}
