import { randomUUID } from 'node:crypto';
import type { CacheStore } from '../../src/index.js';
import { loadScripts, type ScriptCommands } from '../../src/redis/scripts.js';
import { formatWatermark } from '../../src/relay/watermark.js';
import { FLOOR_TTL_MS, type SharedResources, type Variant } from './environment.js';
import { versionCodec } from './process-cache.js';

/** The writer deletes the old value and then stores the new one. */
export const setAfterDelete: Variant = changeStore((store, { rows, operator, keyspace }) => ({
  async invalidate(key, version) {
    const result = await store.invalidate(key, version);
    if (rows.read(key) !== undefined) {
      await operator.set(keyspace.value(key), versionCodec.encode(version));
    }
    return result;
  },
}));

/** Plain cache-aside: FILL stores every loaded value, without any check. */
export const fillWithoutChecks: Variant = changeStore((_store, { operator, keyspace }) => ({
  async fill(key, { text, ttlMs }) {
    await operator.set(keyspace.value(key), text, 'PX', ttlMs);
    return 'filled';
  },
}));

/** FILL compares the version with the floor, but requires no lease. */
export const fillWithoutLease: Variant = changeStore((_store, { operator, keyspace }) => {
  const lua = alteredScript(
    'fill',
    'if token ~= ARGV[1] then',
    "floor = floor or '-'\nif false then",
  );
  return {
    async fill(key, { token, text, version, ttlMs }) {
      const keys = [keyspace.value(key), keyspace.fence(key)];
      const stored = await operator.eval(lua, 2, ...keys, token, text, version, ttlMs);
      return stored === 1 ? 'filled' : 'refused';
    },
  };
});

/** All readers of a process use the same lease token. */
export const tokenPerProcess: Variant = changeStore((store) => {
  const token = randomUUID();
  return {
    readOrLease: (key, _fresh, leaseMs) => store.readOrLease(key, token, leaseMs),
    leaseToRefresh: (key, request) => store.leaseToRefresh(key, { ...request, token }),
    fill: (key, fill) => store.fill(key, { ...fill, token }),
    release: (key) => store.release(key, token),
  };
});

/** INVALIDATE deletes the value and raises the floor, but the lease stays with its holder. */
export const invalidationKeepsToken: Variant = changeStore((_store, { operator, keyspace }) => {
  const lua = alteredScript(
    'invalidate',
    "version, 'PX', floor_ttl, 'GET')",
    "version .. (string.match(redis.call('GET', fence) or '', ' .*') or ''), 'PX', floor_ttl, 'GET')",
  );
  return {
    async invalidate(key, version) {
      await operator.eval(lua, 2, keyspace.value(key), keyspace.fence(key), version, FLOOR_TTL_MS);
      return 'applied';
    },
  };
});

/** The writer's INVALIDATE moves the watermark to its own change. */
export const invalidationMovesWatermark: Variant = changeStore(
  (store, { rows, operator, keyspace }) => ({
    async invalidate(key, version) {
      const result = await store.invalidate(key, version);
      await operator.set(keyspace.watermark, formatWatermark(rows.watermarkOf(key, version)));
      return result;
    },
  }),
);

/** APPLY does not compare the watermark with the one that the relay read. */
export const applyWithoutComparison: Variant = (connection, { operator, keyspace }) => {
  const lua = alteredScript(
    'applyChanges',
    "(redis.pcall('GET', KEYS[2]) or '') ~= ARGV[2]",
    'false',
  );
  return {
    ...connection,
    relayTarget: {
      ...connection.relayTarget,
      async apply({ databaseId, changes, next }) {
        const pairs = changes.flatMap(({ key }) => [keyspace.value(key), keyspace.fence(key)]);
        const versions = changes.map(({ version }) => version);
        const keys = [keyspace.claim, keyspace.watermark, ...pairs];
        const texts = [databaseId, '', next, FLOOR_TTL_MS, ...versions];
        await operator.eval(lua, keys.length, ...keys, ...texts);
        return true;
      },
    },
  };
};

/** A relay that finds no watermark starts at the head of the log. */
export const missingWatermarkAtHead: Variant = (connection, { rows, operator, keyspace }) => ({
  ...connection,
  relayTarget: {
    ...connection.relayTarget,
    async claim(...claim) {
      await operator.set(keyspace.watermark, formatWatermark(await rows.log.head()), 'NX');
      return connection.relayTarget.claim(...claim);
    },
  },
});

function changeStore(
  change: (store: CacheStore, resources: SharedResources) => Partial<CacheStore>,
): Variant {
  return (connection, resources) => ({
    ...connection,
    store: { ...connection.store, ...change(connection.store, resources) },
  });
}

/**
 * Returns the Lua of a real script in which one piece is replaced.
 *
 * @throws {RangeError} when the script does not contain the piece exactly once, because an
 *   unaltered script would prove nothing.
 */
function alteredScript(name: keyof ScriptCommands, piece: string, replacement: string): string {
  const parts = loadScripts()[name].lua.split(piece);
  if (parts.length !== 2) {
    throw new RangeError(`Expected exactly once in the script ${name}: ${piece}`);
  }
  return parts.join(replacement);
}
