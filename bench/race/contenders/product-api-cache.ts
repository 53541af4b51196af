import { type ChangeLog, createCache, createRedisStore, parseRedisUrl } from '@product-api/cache';
import type { Contender } from '../contender.js';
import type { Row, Source } from '../source.js';

const hourMs = 3_600_000;

/** This repository's own cache, with its defaults, following the log of changes as the API does. */
export const productApiCache: Contender = {
  library: '@product-api/cache',
  setup: 'defaults, with the change log',
  documentation: '../ARCHITECTURE.md',
  drivers: [],
  async connect(redisUrl, source) {
    const store = createRedisStore({
      address: parseRedisUrl(redisUrl),
      namespace: 'race:',
      relay: { changeLog: changeLogOf(source), longestLifeMs: 2 * hourMs },
    });
    await store.waitUntilReady(5000);
    const cache = createCache<Row>({
      store,
      codec: {
        encode: (row) => JSON.stringify(row),
        // What is stored under this key was encoded here.
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
          throw new Error('The load always answers a row');
        }
        return value;
      },
      invalidate: ({ id, version }) => cache.invalidate(id, version),
      close: () => cache.close(),
    };
  },
};

function changeLogOf({ changes, databaseId }: Source): ChangeLog {
  // A change's place in the list, from 1, is its sequence number.
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
