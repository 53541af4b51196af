import { answerWithin } from '../answer-within.js';
import type { Scenario } from '../scenario.js';
import { onStage } from '../stage.js';

const readLimitMs = 10_000;

/** Redis stops answering (SIGSTOP). How long does a read take that the database answers at once? */
export const readInHang: Scenario = {
  name: 'read-in-hang',
  title: 'Read while hung',
  run: (contender) =>
    onStage(contender, async ({ redis, source, open }) => {
      const instance = await open();
      const { id } = source.write('product');
      await redis.kill('SIGSTOP');
      const { kind, ms } = await answerWithin(readLimitMs, () =>
        instance.read(id, () => source.read(id)),
      );
      return { kind: 'read-time', answer: kind, ms: Math.round(ms * 10) / 10 };
    }),
};
