import type { StoreEvent } from '../cache-event.js';
import { clearNamespace } from './clear-namespace.js';
import type { Keyspace } from './keyspace.js';
import type { PendingInvalidations } from './pending-invalidations.js';
import { isReplyError, type RedisClient } from './redis-client.js';

const invalidationsPerBatch = 100;

/** What a recovery works with. */
export interface RecoveryOptions {
  readonly client: RedisClient;
  readonly keyspace: Keyspace;
  readonly pending: PendingInvalidations;
  /** Runs INVALIDATE and confirms it in `pending`. */
  readonly invalidate: (key: string, version: number) => Promise<void>;
  readonly onEvent: (event: StoreEvent) => void;
}

/**
 * Makes the procedure that brings Redis up to date before it is used, at first and after every
 * outage: it applies what Redis missed, or clears the namespace where that is not known.
 *
 * It calls `markReady` in the same turn in which it finds nothing pending, so that no invalidation
 * can slip in between, and rejects when Redis cannot be used yet.
 */
export function createRecovery(options: RecoveryOptions) {
  const { client, pending, onEvent } = options;
  let knownRun: string | undefined;

  return async function recover(markReady: () => boolean): Promise<void> {
    if (client.status !== 'ready') {
      throw new Error('There is no connection to Redis');
    }
    const run = await readRunId(client);
    if (run === undefined || run !== knownRun) {
      // A restarted server or a promoted replica may have come back with older data.
      pending.markGap();
      knownRun = run;
    }
    let cleared = 0;
    let applied = 0;
    while (!pending.isEmpty) {
      if (pending.hasGap) {
        cleared += await closeGap(options);
      } else {
        applied += await applyBatch(options);
      }
    }
    if (markReady()) {
      onEvent({ type: 'recovered', cleared, applied });
    }
  };
}

/** The identity of the server's process, if it may be known. */
async function readRunId(client: RedisClient): Promise<string | undefined> {
  try {
    const info = await client.info('server');
    return /^run_id:(\w+)/m.exec(info)?.[1];
  } catch (error) {
    if (isReplyError(error)) {
      // Some hosted servers forbid INFO.
      return undefined;
    }
    throw error;
  }
}

async function closeGap({ client, keyspace, pending }: RecoveryOptions): Promise<number> {
  pending.closeGap();
  try {
    return await clearNamespace(client, keyspace);
  } catch (error) {
    pending.markGap();
    throw error;
  }
}

async function applyBatch({ pending, invalidate }: RecoveryOptions): Promise<number> {
  const batch = pending.first(invalidationsPerBatch);
  await Promise.all(batch.map(([key, version]) => invalidate(key, version)));
  return batch.length;
}
