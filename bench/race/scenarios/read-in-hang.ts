import type { Scenario } from '../scenario.js';
import { settleWithin } from '../settle-within.js';
import { withSetup } from '../setup.js';

const READ_LIMIT_MS = 10_000;

/**
 * Redis stops replying (SIGSTOP). Measures how long a read takes that the database serves at once.
 */
export const readInHang: Scenario = {
  name: 'read-in-hang',
  title: 'Read while hung',
  run: (subject) =>
    withSetup(subject, async ({ redis, source, open }) => {
      const instance = await open();
      const { id } = source.write('product');
      await redis.kill('SIGSTOP');
      const { kind, ms } = await settleWithin(READ_LIMIT_MS, () =>
        instance.read(id, () => source.read(id)),
      );
      return { kind: 'read-time', outcome: kind, ms: Math.round(ms * 10) / 10 };
    }),
};
