import { type ChangeLog, createCache, parseRedisUrl } from '@product-api/cache';
import { createRedisStore } from '@product-api/cache/redis';
import type { Row, Source } from '../source.js';
import type { Subject } from '../subject.js';

const HOUR_MS = 3_600_000;

/** The cache of this repository with its defaults; it follows the change log, as in the API. */
export const productApiCache: Subject = {
  library: '@product-api/cache',
  setup: 'defaults, with the change log',
  documentation: '../ARCHITECTURE.md',
  drivers: [],
  async connect(redisUrl, source) {
    const store = createRedisStore({
      address: parseRedisUrl(redisUrl),
      namespace: 'race:',
      relay: { changeLog: changeLogOf(source), longestLifeMs: 2 * HOUR_MS },
    });
    await store.waitUntilReady(5000);
    const cache = createCache<Row>({
      store,
      codec: {
        encode: (row) => JSON.stringify(row),
        // Only the function above writes these texts.
        decode: (text) => JSON.parse(text) as Row,
      },
    });
    return {
      async read(id, load) {
        const { value } = await cache.getOrLoad(id, async () => {
          const row = await load();
          return { value: row, version: row.version };
        });
        if (value === undefined) {
          throw new Error('Expected a row, because the load always returns one');
        }
        return value;
      },
      invalidate: ({ id, version }) => cache.invalidate(id, version),
      close: () => cache.close(),
    };
  },
};

function changeLogOf({ changes, databaseId }: Source): ChangeLog {
  // The sequence number of a change is its position in the list, from 1.
  const mark = (seq: number) => `change-${seq}`;
  return {
    async head() {
      const seq = changes.length;
      return { databaseId, seq, mark: seq === 0 ? undefined : mark(seq) };
    },
    start: async () => ({ seq: 1, reachMs: Number.POSITIVE_INFINITY }),
    read: async (after, limit) =>
      changes.slice(after, after + limit).map(({ id, version }, index) => {
        const seq = after + index + 1;
        return { seq, key: id, version, mark: mark(seq) };
      }),
    prune: async () => {},
  };
}
