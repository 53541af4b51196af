import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Change } from '../relay/change-log.js';
import type { RelayTarget } from '../relay/relay-target.js';
import { formatClearing } from '../relay/watermark.js';
import { clearNamespace } from './clear-namespace.js';
import type { RedisClient } from './connection/redis-client.js';
import type { Keyspace } from './keyspace.js';

/** The times of a relay in Redis, in milliseconds. */
export interface RedisRelayTimes {
  /** The time for which an invalidated version refuses lower versions. */
  readonly floorTtlMs: number;
  /** The time for which a claim holds without being renewed. */
  readonly claimMs: number;
  /**
   * The wait of a clearing before it deletes keys. It is longer than any process reads Redis after
   * a poll, so that no process that missed the clearing still reads.
   */
  readonly settleMs: number;
}

/** Creates the operations of a relay in Redis. */
export function createRedisRelayTarget(
  client: RedisClient,
  keyspace: Keyspace,
  { floorTtlMs, claimMs, settleMs }: RedisRelayTimes,
): RelayTarget {
  const { claim, watermark, value, fence } = keyspace;
  const keysOf = ({ key }: Change) => [value(key), fence(key)];

  function createClearing(expected: string | undefined, databaseId: string) {
    const clearingId = randomUUID();
    let batch = 0;
    let mark = expected;
    return {
      mark: () => mark,
      async deleteBatch(found: readonly string[]): Promise<boolean> {
        batch += 1;
        const next = formatClearing(clearingId, batch);
        const keys = [claim, watermark, ...found];
        const texts = [databaseId, claimMs, mark ?? '', next];
        const deleted = await client.clearBatch(keys.length, ...keys, ...texts);
        mark = next;
        return deleted === 1;
      },
    };
  }

  return {
    async claim(databaseId, renews) {
      const reply = await client.claim(claim, watermark, databaseId, claimMs, renews ? 1 : 0);
      if (reply[0] === 'held-by-other') {
        return { kind: 'held-by-other', owner: reply[1] };
      }
      return { kind: 'held', isNew: reply[1] === 1, watermark: reply[2] ?? undefined };
    },

    async apply({ databaseId, expected = '', changes, next }) {
      const keys = [claim, watermark, ...changes.flatMap(keysOf)];
      const versions = changes.map(({ version }) => version);
      const texts = [databaseId, expected, next, floorTtlMs, ...versions];
      return (await client.applyChanges(keys.length, ...keys, ...texts)) === 1;
    },

    async beginClearing(expected, databaseId) {
      const clearing = createClearing(expected, databaseId);
      return (await clearing.deleteBatch([])) ? clearing.mark() : undefined;
    },

    async clear(expected, databaseId) {
      const clearing = createClearing(expected, databaseId);
      if (!(await clearing.deleteBatch([]))) {
        return undefined;
      }
      await sleep(settleMs, undefined, { ref: false });
      const keys = await clearNamespace(client, keyspace, clearing.deleteBatch);
      return keys === undefined ? undefined : { watermark: clearing.mark(), keys };
    },
  };
}
