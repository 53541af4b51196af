import { randomUUID } from 'node:crypto';
import type { Change } from '../relay/change-log.js';
import type { RelayTarget } from '../relay/relay-target.js';
import { formatClearing } from '../relay/watermark.js';
import { clearNamespace } from './clear-namespace.js';
import type { Keyspace } from './keyspace.js';
import { isWrongType, type RedisClient } from './redis-client.js';

/** What a relay does to Redis, beside the readers and writers. */
export function createRedisRelayTarget(
  client: RedisClient,
  keyspace: Keyspace,
  floorTtlMs: number,
): RelayTarget {
  const { watermark, value, fence } = keyspace;
  const keysOf = ({ key }: Change) => [value(key), fence(key)];
  return {
    async readWatermark() {
      try {
        return (await client.get(watermark)) ?? undefined;
      } catch (error) {
        if (!isWrongType(error)) {
          throw error;
        }
        await client.unlink(watermark);
        return undefined;
      }
    },

    async apply({ expected = '', changes, next }) {
      const keys = [watermark, ...changes.flatMap(keysOf)];
      const versions = changes.map(({ version }) => version);
      const texts = [expected, next, floorTtlMs, ...versions];
      return (await client.applyChanges(keys.length, ...keys, ...texts)) === 1;
    },

    async clear(expected) {
      const clearingId = randomUUID();
      let batch = 0;
      let left = expected;
      const keys = await clearNamespace(client, keyspace, async (found) => {
        batch += 1;
        const next = formatClearing(clearingId, batch);
        const marked = [watermark, ...found];
        const deleted = await client.clearBatch(marked.length, ...marked, left ?? '', next);
        left = next;
        return deleted === 1;
      });
      return keys === undefined ? undefined : { watermark: left, keys };
    },
  };
}
