import { type CacheStore, StoreUnavailableError } from '../store/cache-store.js';
import type { GuardedConnection } from './connection/guarded-connection.js';
import { mgetOfEqualLengths } from './connection/mget-command.js';
import { isReplyError, isWrongType, type RedisClient } from './connection/redis-client.js';
import type { SendScript } from './connection/script-sender.js';
import type { Keyspace } from './keyspace.js';
import { MAX_VALUE_BYTES, type OversizedValues } from './oversized-values.js';

type ReaderOperations = Pick<
  CacheStore,
  'get' | 'getMany' | 'readOrLease' | 'leaseToRefresh' | 'fill' | 'release' | 'discard'
>;

/** Options for the operations of readers. */
export interface ReaderOperationsOptions {
  readonly connection: GuardedConnection;
  readonly sendScript: SendScript;
  readonly keyspace: Keyspace;
  readonly oversized: OversizedValues;
  /** Returns whether values may be read at this moment. */
  readonly isTrusted: () => boolean;
}

/** Creates the operations of readers, which read, fill and repair entries in Redis. */
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
  /** Rethrows the error of a read. If there was no reply, a value may be too long. */
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
        // After this miss, READ-OR-LEASE removes the key of another type.
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

    // `isTrusted` is checked when the script is sent, which may be later than this call.
    readOrLease(key, token, leaseMs) {
      const name = value(key);
      if (oversized.refuses(name)) {
        return Promise.reject(new StoreUnavailableError());
      }
      return sendScript(() =>
        read((client) => client.readOrLease(name, fence(key), token, leaseMs)),
      ).then(
        (reply) => (reply[0] === 'value' ? { kind: 'value', text: reply[1] } : { kind: reply[0] }),
        (error) => failRead([name], error),
      );
    },

    async leaseToRefresh(key, { token, leaseMs, withinMs }) {
      // If another database may have taken the store over, a lease could fill its entries.
      const reply = await read((client) =>
        client.leaseToRefresh(value(key), fence(key), token, leaseMs, Math.ceil(withinMs)),
      );
      if (reply[0] !== 'fresh') {
        return { kind: reply[0] };
      }
      return {
        kind: 'fresh',
        expiresInMs: reply[1] === -1 ? Number.POSITIVE_INFINITY : reply[1],
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
      // A character takes at least one byte.
      await connection.run((client) =>
        text.length > MAX_VALUE_BYTES
          ? oversized.discard(value(key), Buffer.byteLength(text))
          : deleteText(client, value(key), text),
      );
    },
  };

  async function readAll(names: string[]): Promise<(string | undefined)[]> {
    try {
      const texts = await read((client) => sendMget(client, names));
      return texts.map(presentText);
    } catch (error) {
      return failRead(names, error);
    }
  }
}

function sendMget(client: RedisClient, names: string[]): Promise<(string | null)[]> {
  const command = mgetOfEqualLengths(names);
  if (command === undefined) {
    return client.mget(names);
  }
  client.sendCommand(command);
  return command.promise;
}

function presentText(text: string | null): string | undefined {
  return text ?? undefined;
}

async function deleteText(client: RedisClient, key: string, text: string): Promise<void> {
  // A replacement character may stand for bytes that are not UTF-8. Then the stored bytes differ.
  const bytes = text.includes('\uFFFD') ? await client.getBuffer(key) : text;
  if (bytes !== null && bytes.toString() === text) {
    await client.deleteIfEqual(key, bytes);
  }
}
