import type { RedisClient } from './connection/redis-client.js';
import type { Keyspace } from './keyspace.js';

const keysPerBatch = 1000;

/** Deletes some keys; answers false where the clearing is to end. */
export type DeleteBatch = (keys: string[]) => Promise<boolean>;

/**
 * Deletes a namespace's values and fences in batches, and answers how many keys there were, or
 * undefined where `deleteBatch` ended it.
 *
 * Fences go first: a lease from before can then not fill any more, and what it filled until then is
 * found by the second pass, since SCAN finds every key that is there from its start to its end.
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
    const [next, keys] = await client.scan(cursor, 'MATCH', pattern, 'COUNT', keysPerBatch);
    yield keys;
    cursor = next;
  } while (cursor !== '0');
}
