import type { Scenario } from './stage.js';

/** Everything in Redis is deleted, again and again, fences and watermark included. */
export const flushedRedis: Scenario = {
  name: 'FLUSHALL deletes everything',
  async play({ redis, goOn }) {
    for (let round = 0; round < 6; round++) {
      await redis.command('FLUSHALL');
      await goOn(350);
    }
  },
};
