import type { RedisClient } from './connection/redis-client.js';
import type { Keyspace } from './keyspace.js';

const KEYS_PER_BATCH = 1000;

/** Deletes some keys. Returns false if the clearing must stop. */
export type DeleteBatch = (keys: string[]) => Promise<boolean>;

/**
 * Deletes the values and fences of a namespace in batches. Returns the number of deleted keys, or
 * undefined if `deleteBatch` stopped the clearing.
 *
 * Fences are deleted first, which ends all leases. The second pass then finds every value that was
 * filled before, because SCAN returns every key that exists from its start to its end.
 */
export async function clearNamespace(
  client: RedisClient,
  { allFences, allValues, watermark, claim }: Keyspace,
  deleteBatch: DeleteBatch,
): Promise<number | undefined> {
  let deleted = 0;
  for (const pattern of [allFences, allValues]) {
    for await (const found of scan(client, pattern)) {
      const keys = found.filter((key) => key !== watermark && key !== claim);
      if (keys.length > 0 && !(await deleteBatch(keys))) {
        return undefined;
      }
      deleted += keys.length;
    }
  }
  return deleted;
}

async function* scan(client: RedisClient, pattern: string): AsyncGenerator<string[]> {
  let cursor = '0';
  do {
    const [next, keys] = await client.scan(cursor, 'MATCH', pattern, 'COUNT', KEYS_PER_BATCH);
    yield keys;
    cursor = next;
  } while (cursor !== '0');
}
