import type { CacheStore } from '../cache-store.js';
import { StoreUnavailableError } from '../store-unavailable-error.js';
import type { GuardedConnection } from './guarded-connection.js';
import type { Keyspace } from './keyspace.js';
import { isWrongType, type RedisClient } from './redis-client.js';
import type { SendScript } from './script-sender.js';

type ReaderOperations = Pick<
  CacheStore,
  'get' | 'getMany' | 'readOrLease' | 'leaseToRefresh' | 'fill' | 'release' | 'discard'
>;

/** What the operations of readers work with. */
export interface ReaderOperationsOptions {
  readonly connection: GuardedConnection;
  readonly sendScript: SendScript;
  readonly keyspace: Keyspace;
  /** Whether values may be read at this moment. */
  readonly isTrusted: () => boolean;
}

/** Makes what readers do to Redis: they read, and fill and repair it on the way. */
export function createReaderOperations({
  connection,
  sendScript,
  keyspace: { value, fence },
  isTrusted,
}: ReaderOperationsOptions): ReaderOperations {
  const runScript = <T>(script: (client: RedisClient) => Promise<T>) =>
    sendScript(() => connection.run(script));
  const read = <T>(command: (client: RedisClient) => Promise<T>) =>
    isTrusted() ? connection.run(command) : Promise.reject<T>(new StoreUnavailableError());
  return {
    get: (key) => read((client) => client.get(value(key))).then(presentText, textInPlaceOf),

    async getMany(keys) {
      const texts = await read((client) => client.mget(keys.map(value)));
      return texts.map(presentText);
    },

    // What waits for its turn is judged when it is sent.
    readOrLease: (key, token, leaseMs) =>
      sendScript(() =>
        read((client) => client.readOrLease(value(key), fence(key), token, leaseMs)),
      ).then((answer) =>
        answer[0] === 'value' ? { kind: 'value', text: answer[1] } : { kind: answer[0] },
      ),

    async leaseToRefresh(key, { token, leaseMs, withinMs }) {
      const answer = await connection.run((client) =>
        client.leaseToRefresh(value(key), fence(key), token, leaseMs, Math.ceil(withinMs)),
      );
      if (answer[0] !== 'fresh') {
        return { kind: answer[0] };
      }
      return {
        kind: 'fresh',
        expiresInMs: answer[1] === -1 ? Number.POSITIVE_INFINITY : answer[1],
      };
    },

    fill: (key, { token, text, version, ttlMs }) =>
      runScript((client) => client.fill(value(key), fence(key), token, text, version, ttlMs)).then(
        (stored) => (stored === 1 ? 'filled' : 'refused'),
      ),

    async release(key, token) {
      return (await connection.run((client) => client.release(fence(key), token))) === 1;
    },

    async discard(key, text) {
      await connection.run((client) => deleteText(client, value(key), text));
    },
  };
}

function presentText(text: string | null): string | undefined {
  return text ?? undefined;
}

/** READ-OR-LEASE, which follows a miss, removes a key of another type. */
function textInPlaceOf(error: unknown): undefined {
  if (!isWrongType(error)) {
    throw error;
  }
}

async function deleteText(client: RedisClient, key: string, text: string): Promise<void> {
  // A replacement character may stand for bytes that are not UTF-8, so the text is not what is stored.
  const bytes = text.includes('\uFFFD') ? await client.getBuffer(key) : text;
  if (bytes !== null && bytes.toString() === text) {
    await client.deleteIfEqual(key, bytes);
  }
}
