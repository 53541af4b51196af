import { setTimeout as sleep } from 'node:timers/promises';
import type { Scenario } from '../scenario.js';
import { withSetup } from '../setup.js';
import { Source } from '../source.js';
import type { CacheInstance } from '../subject.js';

const DURATION_MS = 3000;
const PAUSE_MS = 5;

/**
 * By mistake, two services with a database each use one Redis and the same keys. Both databases
 * have a row with the same id, which both services write and read. A read must return the row of
 * its own database.
 */
export const twoDatabases: Scenario = {
  name: 'two-databases',
  title: 'Two databases, the same keys',
  run: (subject) =>
    withSetup(subject, async ({ redis, source, open }) => {
      const other = new Source('the-other-database');
      const instances = [
        { instance: await open(), source },
        { instance: await subject.connect(redis.url, other), source: other },
      ] as const;
      const counts = { reads: 0, foreign: 0 };
      try {
        await Promise.all(instances.map(({ instance, source }) => use(instance, source, counts)));
      } finally {
        await instances[1].instance.close();
      }
      return { kind: 'foreign-reads', ...counts };
    }),
};

/** Writes a row now and then, and counts the reads that return the other database's row. */
async function use(
  instance: CacheInstance,
  source: Source,
  counts: { reads: number; foreign: number },
): Promise<void> {
  const { id } = source.write('product');
  const until = performance.now() + DURATION_MS;
  for (let round = 0; performance.now() < until; round += 1) {
    if (round % 20 === 0) {
      await instance.invalidate(source.write(id));
    }
    const row = await instance.read(id, () => source.read(id));
    counts.reads += 1;
    counts.foreign += row.database === source.databaseId ? 0 : 1;
    await sleep(PAUSE_MS);
  }
}
