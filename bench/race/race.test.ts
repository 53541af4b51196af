import { describeWith } from '@product-api/testing/describe-with';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { isCorrect } from './result-cell.js';
import { slowReaderInOneInstance, slowReaderInTwoInstances } from './scenarios/slow-reader.js';
import { scenarios } from './scenarios.js';
import type { Subject } from './subject.js';
import { productApiCache } from './subjects/product-api-cache.js';

describeWith('redis')('the race', () => {
  test.each(scenarios)('this cache is correct in $name', async (scenario) => {
    const run = await scenario.run(productApiCache);
    expect(run).toSatisfy(isCorrect);
    if (run.kind === 'read-time') {
      expect(run.ms).toBeLessThan(1000);
    }
  });

  test.each([slowReaderInOneInstance, slowReaderInTwoInstances])(
    'a cache of plain GET, SET and DEL is not correct in $name',
    async (scenario) => {
      const run = await scenario.run(plainCache);
      expect(run).toMatchObject({ kind: 'later-reads', invalidation: 'done' });
      expect(run).not.toSatisfy(isCorrect);
    },
  );
});

const plainCache: Subject = {
  library: 'plain',
  setup: 'GET, SET and DEL',
  documentation: '',
  drivers: [],
  async connect(redisUrl) {
    const redis = new Redis(redisUrl);
    return {
      async read(id, load) {
        const text = await redis.get(id);
        if (text !== null) {
          return JSON.parse(text);
        }
        const row = await load();
        await redis.set(id, JSON.stringify(row));
        return row;
      },
      invalidate: ({ id }) => redis.del(id),
      close: async () => redis.disconnect(),
    };
  },
};
