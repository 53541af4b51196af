import { eventually } from '@product-api/testing';
import { holdFirst } from '../held-load.js';
import { watchLaterReads } from '../later-reads.js';
import type { Scenario } from '../scenario.js';
import { type Setup, withSetup } from '../setup.js';
import type { CacheInstance } from '../subject.js';
import { invalidateWithin } from './invalidate-within.js';

const INVALIDATION_LIMIT_MS = 10_000;

/**
 * A reader misses, loads the old row and is slow. Meanwhile a writer commits a new row and awaits
 * the invalidation. Then the reader's load ends, and the library stores the row or not. The reader
 * itself may return the old row, because its read began before the write.
 */
export const slowReaderInOneInstance: Scenario = slowReader(
  'slow-reader-one-instance',
  'Slow reader, one instance',
  async ({ open }) => {
    const instance = await open();
    return { reader: instance, writer: instance };
  },
);

/** The same, with reader and writer in two instances on one Redis. */
export const slowReaderInTwoInstances: Scenario = slowReader(
  'slow-reader-two-instances',
  'Slow reader, two instances',
  async ({ open }) => ({ reader: await open(), writer: await open() }),
);

function slowReader(
  name: string,
  title: string,
  openInstances: (setup: Setup) => Promise<{ reader: CacheInstance; writer: CacheInstance }>,
): Scenario {
  return {
    name,
    title,
    run: (subject) =>
      withSetup(subject, async (setup) => {
        const { source } = setup;
        const { reader, writer } = await openInstances(setup);
        const { id } = source.write('product');
        const held = holdFirst(() => source.read(id));
        const slowRead = reader.read(id, held.load);
        await held.hasRead;
        const written = source.write(id);
        const invalidation = await invalidateWithin(INVALIDATION_LIMIT_MS, writer, written);
        const invalidatedAt = Date.now();
        // Some libraries compare timestamps. Within one millisecond they would hide the slow
        // reader.
        await eventually(() => Date.now() > invalidatedAt, { intervalMs: 1 });
        held.release();
        await slowRead;
        const instances = [...new Set([reader, writer])];
        const laterReads = await watchLaterReads({ instances, source, written });
        return { kind: 'later-reads', invalidation, laterReads };
      }),
  };
}
