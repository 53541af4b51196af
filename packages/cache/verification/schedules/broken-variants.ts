import { randomUUID } from 'node:crypto';
import type { CacheStore } from '../../src/index.js';
import { formatWatermark } from '../../src/relay/watermark.js';
import { alteredScript } from './altered-script.js';
import { floorTtlMs, type LaneParts, type Variant } from './lane.js';
import { versionCodec } from './version-codec.js';

/** The writer stores the new value after it has deleted the old one. */
export const setAfterDelete: Variant = changeStore((store, { rows, operator, keyspace }) => ({
  async invalidate(key, version) {
    const answer = await store.invalidate(key, version);
    if (rows.read(key) !== undefined) {
      await operator.set(keyspace.value(key), versionCodec.encode(version));
    }
    return answer;
  },
}));

/** Plain cache-aside: who has loaded stores, whatever happened meanwhile. */
export const fillWithoutChecks: Variant = changeStore((_store, { operator, keyspace }) => ({
  async fill(key, { text, ttlMs }) {
    await operator.set(keyspace.value(key), text, 'PX', ttlMs);
    return 'filled';
  },
}));

/** FILL compares the version with the floor, but asks for no lease. */
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

/** All attempts of a process bring the same token. */
export const tokenPerProcess: Variant = changeStore((store) => {
  const token = randomUUID();
  return {
    readOrLease: (key, _fresh, leaseMs) => store.readOrLease(key, token, leaseMs),
    leaseToRefresh: (key, request) => store.leaseToRefresh(key, { ...request, token }),
    fill: (key, fill) => store.fill(key, { ...fill, token }),
    release: (key) => store.release(key, token),
  };
});

/** INVALIDATE deletes the value and raises the floor, but leaves the lease to its holder. */
export const invalidationKeepsToken: Variant = changeStore((_store, { operator, keyspace }) => {
  const lua = alteredScript(
    'invalidate',
    "version, 'PX', floor_ttl, 'GET')",
    "version .. (string.match(redis.call('GET', fence) or '', ' .*') or ''), 'PX', floor_ttl, 'GET')",
  );
  return {
    async invalidate(key, version) {
      await operator.eval(lua, 2, keyspace.value(key), keyspace.fence(key), version, floorTtlMs);
      return 'applied';
    },
  };
});

/** The inline INVALIDATE moves the watermark to its own change. */
export const invalidationMovesWatermark: Variant = changeStore(
  (store, { rows, operator, keyspace }) => ({
    async invalidate(key, version) {
      const answer = await store.invalidate(key, version);
      await operator.set(keyspace.watermark, formatWatermark(rows.watermarkOf(key, version)));
      return answer;
    },
  }),
);

/** APPLY does not ask whether the watermark is still the one that the relay saw. */
export const applyWithoutComparison: Variant = (link, { operator, keyspace }) => {
  const lua = alteredScript(
    'applyChanges',
    "(redis.pcall('GET', KEYS[2]) or '') ~= ARGV[2]",
    'false',
  );
  return {
    ...link,
    relayTarget: {
      ...link.relayTarget,
      async apply({ databaseId, changes, next }) {
        const pairs = changes.flatMap(({ key }) => [keyspace.value(key), keyspace.fence(key)]);
        const versions = changes.map(({ version }) => version);
        const keys = [keyspace.claim, keyspace.watermark, ...pairs];
        const texts = [databaseId, '', next, floorTtlMs, ...versions];
        await operator.eval(lua, keys.length, ...keys, ...texts);
        return true;
      },
    },
  };
};

/** A relay that finds no watermark starts at the log's head. */
export const missingWatermarkAtHead: Variant = (link, { rows, operator, keyspace }) => ({
  ...link,
  relayTarget: {
    ...link.relayTarget,
    async claim(...claim) {
      await operator.set(keyspace.watermark, formatWatermark(await rows.log.head()), 'NX');
      return link.relayTarget.claim(...claim);
    },
  },
});

function changeStore(change: (store: CacheStore, lane: LaneParts) => Partial<CacheStore>): Variant {
  return (link, lane) => ({ ...link, store: { ...link.store, ...change(link.store, lane) } });
}
