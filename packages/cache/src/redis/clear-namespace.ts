import type { Keyspace } from './keyspace.js';
import type { RedisClient } from './redis-client.js';

const keysPerBatch = 1000;

/**
 * Deletes a namespace's values and fences in batches, and answers how many keys there were.
 *
 * Fences go first: a lease from before can then not fill any more, and what it filled until then is
 * found by the second pass, since SCAN finds every key that is there from its start to its end.
 */
export async function clearNamespace(client: RedisClient, keyspace: Keyspace): Promise<number> {
  const fences = await deleteMatching(client, keyspace.allFences);
  const values = await deleteMatching(client, keyspace.allValues);
  return fences + values;
}

async function deleteMatching(client: RedisClient, pattern: string): Promise<number> {
  let deleted = 0;
  let cursor = '0';
  do {
    const [next, keys] = await client.scan(cursor, 'MATCH', pattern, 'COUNT', keysPerBatch);
    if (keys.length > 0) {
      deleted += await client.unlink(...keys);
    }
    cursor = next;
  } while (cursor !== '0');
  return deleted;
}
