import type { CacheStore } from '../store/cache-store.js';
import { StoreUnavailableError } from '../store/store-unavailable-error.js';
import type { GuardedConnection } from './connection/guarded-connection.js';
import { isReplyError, isWrongType, type RedisClient } from './connection/redis-client.js';
import type { SendScript } from './connection/script-sender.js';
import type { Keyspace } from './keyspace.js';
import { longestValueBytes, type OversizedValues } from './oversized-values.js';

type ReaderOperations = Pick<
  CacheStore,
  'get' | 'getMany' | 'readOrLease' | 'leaseToRefresh' | 'fill' | 'release' | 'discard'
>;

/** What the operations of readers work with. */
export interface ReaderOperationsOptions {
  readonly connection: GuardedConnection;
  readonly sendScript: SendScript;
  readonly keyspace: Keyspace;
  readonly oversized: OversizedValues;
  /** Whether values may be read at this moment. */
  readonly isTrusted: () => boolean;
}

/** Makes what readers do to Redis: they read, and fill and repair it on the way. */
export function createReaderOperations({
  connection,
  sendScript,
  keyspace: { value, fence },
  oversized,
  isTrusted,
}: ReaderOperationsOptions): ReaderOperations {
  const runScript = <T>(script: (client: RedisClient) => Promise<T>) =>
    sendScript(() => connection.run(script));
  const read = <T>(command: (client: RedisClient) => Promise<T>) =>
    isTrusted() ? connection.run(command) : Promise.reject<T>(new StoreUnavailableError());
  /** Rethrows the failure of a read; one without a reply may be due to the value. */
  const failRead = (keys: readonly string[], error: unknown): never => {
    if (!isReplyError(error) && !(error instanceof StoreUnavailableError)) {
      oversized.suspect(keys);
    }
    throw error;
  };
  return {
    get(key) {
      const name = value(key);
      if (oversized.refuses(name)) {
        return Promise.reject(new StoreUnavailableError());
      }
      return read((client) => client.get(name)).then(presentText, (error) =>
        // READ-OR-LEASE, which follows a miss, removes a key of another type.
        isWrongType(error) ? undefined : failRead([name], error),
      );
    },

    async getMany(keys) {
      const names = keys.map(value);
      if (oversized.refusesAny) {
        const readable = names.filter((name) => !oversized.refuses(name));
        const texts = readable.length === 0 ? [] : await readAll(readable);
        const found = new Map(readable.map((name, index) => [name, texts[index]]));
        return names.map((name) => found.get(name));
      }
      return readAll(names);
    },

    // What waits for its turn is judged when it is sent.
    readOrLease(key, token, leaseMs) {
      const name = value(key);
      if (oversized.refuses(name)) {
        return Promise.reject(new StoreUnavailableError());
      }
      return sendScript(() =>
        read((client) => client.readOrLease(name, fence(key), token, leaseMs)),
      ).then(
        (answer) =>
          answer[0] === 'value' ? { kind: 'value', text: answer[1] } : { kind: answer[0] },
        (error) => failRead([name], error),
      );
    },

    async leaseToRefresh(key, { token, leaseMs, withinMs }) {
      // Where the store may have become another database's, a lease could fill that.
      const answer = await read((client) =>
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
      // A character takes a byte at the least.
      await connection.run((client) =>
        text.length > longestValueBytes
          ? oversized.discard(value(key), Buffer.byteLength(text))
          : deleteText(client, value(key), text),
      );
    },
  };

  async function readAll(names: readonly string[]): Promise<(string | undefined)[]> {
    try {
      return (await read((client) => client.mget([...names]))).map(presentText);
    } catch (error) {
      return failRead(names, error);
    }
  }
}

function presentText(text: string | null): string | undefined {
  return text ?? undefined;
}

async function deleteText(client: RedisClient, key: string, text: string): Promise<void> {
  // A replacement character may stand for bytes that are not UTF-8, so the text is not what is stored.
  const bytes = text.includes('\uFFFD') ? await client.getBuffer(key) : text;
  if (bytes !== null && bytes.toString() === text) {
    await client.deleteIfEqual(key, bytes);
  }
}
