import { describeWith } from '@product-api/testing/describe-with';
import { Redis } from 'ioredis';
import { expect, it as test } from 'vitest';
import type { Contender } from './contender.js';
import { productApiCache } from './contenders/product-api-cache.js';
import { isGood } from './result-cell.js';
import { slowReaderInOneInstance, slowReaderInTwoInstances } from './scenarios/slow-reader.js';
import { scenarios } from './scenarios.js';

describeWith('redis')('the race', () => {
  test.each(scenarios)('this cache stands $name', async (scenario) => {
    const trial = await scenario.run(productApiCache);
    expect(trial).toSatisfy(isGood);
    if (trial.kind === 'read-time') {
      expect(trial.ms).toBeLessThan(1000);
    }
  });

  test.each([slowReaderInOneInstance, slowReaderInTwoInstances])(
    'a cache of plain GET, SET and DEL is caught by $name',
    async (scenario) => {
      const trial = await scenario.run(plainCache);
      expect(trial).toMatchObject({ kind: 'later-reads', invalidation: 'done' });
      expect(trial).not.toSatisfy(isGood);
    },
  );
});

const plainCache: Contender = {
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
