import { eventually } from '@product-api/testing';
import type { CacheInstance } from '../contender.js';
import { holdFirst } from '../held-load.js';
import { watchLaterReads } from '../later-reads.js';
import type { Scenario } from '../scenario.js';
import { onStage, type Stage } from '../stage.js';
import { invalidateWithin } from './invalidate-within.js';

const invalidationLimitMs = 10_000;

/**
 * A reader misses, reads the old row and is slow. Meanwhile a writer commits a new row and awaits
 * the invalidation. Then the reader's load ends, and the library stores what it will. The reader
 * itself may answer the old row: it began before the write.
 */
export const slowReaderInOneInstance: Scenario = slowReader(
  'slow-reader-one-instance',
  'Slow reader, one instance',
  async ({ open }) => {
    const instance = await open();
    return { reader: instance, writer: instance };
  },
);

/** The same, where reader and writer are two instances on one Redis. */
export const slowReaderInTwoInstances: Scenario = slowReader(
  'slow-reader-two-instances',
  'Slow reader, two instances',
  async ({ open }) => ({ reader: await open(), writer: await open() }),
);

function slowReader(
  name: string,
  title: string,
  cast: (stage: Stage) => Promise<{ reader: CacheInstance; writer: CacheInstance }>,
): Scenario {
  return {
    name,
    title,
    run: (contender) =>
      onStage(contender, async (stage) => {
        const { source } = stage;
        const { reader, writer } = await cast(stage);
        const { id } = source.write('product');
        const held = holdFirst(() => source.read(id));
        const slowRead = reader.read(id, held.load);
        await held.hasRead;
        const written = source.write(id);
        const invalidation = await invalidateWithin(invalidationLimitMs, writer, written);
        const invalidatedAt = Date.now();
        // Some libraries compare timestamps: the same millisecond would hide what a slow reader does.
        await eventually(() => Date.now() > invalidatedAt, { intervalMs: 1 });
        held.release();
        await slowRead;
        const instances = [...new Set([reader, writer])];
        const laterReads = await watchLaterReads({ instances, source, written });
        return { kind: 'later-reads', invalidation, laterReads };
      }),
  };
}
