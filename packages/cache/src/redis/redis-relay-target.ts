import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Change } from '../relay/change-log.js';
import type { RelayTarget } from '../relay/relay-target.js';
import { formatClearing } from '../relay/watermark.js';
import { clearNamespace } from './clear-namespace.js';
import type { RedisClient } from './connection/redis-client.js';
import type { Keyspace } from './keyspace.js';

/** How long things last that a relay does to Redis, in milliseconds. */
export interface TimesInRedis {
  readonly floorTtlMs: number;
  /** How long a claim holds without being renewed. */
  readonly claimMs: number;
  /**
   * How long a clearing waits before it deletes: longer than any process reads Redis after a poll,
   * so that none does that has not seen the clearing.
   */
  readonly settleMs: number;
}

/** What a relay does to Redis, beside the readers and writers. */
export function createRedisRelayTarget(
  client: RedisClient,
  keyspace: Keyspace,
  { floorTtlMs, claimMs, settleMs }: TimesInRedis,
): RelayTarget {
  const { claim, watermark, value, fence } = keyspace;
  const keysOf = ({ key }: Change) => [value(key), fence(key)];

  function makeClearing(expected: string | undefined, databaseId: string) {
    const clearingId = randomUUID();
    let batch = 0;
    let left = expected;
    return {
      left: () => left,
      async deleteBatch(found: readonly string[]): Promise<boolean> {
        batch += 1;
        const next = formatClearing(clearingId, batch);
        const keys = [claim, watermark, ...found];
        const texts = [databaseId, claimMs, left ?? '', next];
        const deleted = await client.clearBatch(keys.length, ...keys, ...texts);
        left = next;
        return deleted === 1;
      },
    };
  }

  return {
    async claim(databaseId, renews) {
      const answer = await client.claim(claim, watermark, databaseId, claimMs, renews ? 1 : 0);
      if (answer[0] === 'held-by-other') {
        return { kind: 'held-by-other', owner: answer[1] };
      }
      return { kind: 'held', isNew: answer[1] === 1, watermark: answer[2] ?? undefined };
    },

    async apply({ databaseId, expected = '', changes, next }) {
      const keys = [claim, watermark, ...changes.flatMap(keysOf)];
      const versions = changes.map(({ version }) => version);
      const texts = [databaseId, expected, next, floorTtlMs, ...versions];
      return (await client.applyChanges(keys.length, ...keys, ...texts)) === 1;
    },

    async beginClearing(expected, databaseId) {
      const clearing = makeClearing(expected, databaseId);
      return (await clearing.deleteBatch([])) ? clearing.left() : undefined;
    },

    async clear(expected, databaseId) {
      const clearing = makeClearing(expected, databaseId);
      if (!(await clearing.deleteBatch([]))) {
        return undefined;
      }
      await sleep(settleMs, undefined, { ref: false });
      const keys = await clearNamespace(client, keyspace, clearing.deleteBatch);
      return keys === undefined ? undefined : { watermark: clearing.left(), keys };
    },
  };
}
