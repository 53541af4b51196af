import type { RedisServer } from '@product-api/testing';
import { countConnections } from '../count-connections.js';
import { addReads, watchLaterReads } from '../later-reads.js';
import type { Scenario } from '../scenario.js';
import { withSetup } from '../setup.js';
import { invalidateWithin } from './invalidate-within.js';

/** How long the fault lasts if the invalidation does not settle sooner. */
const OUTAGE_LIMIT_MS = 3000;

/**
 * The row is cached. Redis crashes; a writer commits a new row and awaits the invalidation; Redis
 * comes back with its data. Some time later a third instance starts, which has seen none of this.
 */
export const deleteInCrash: Scenario = deleteInOutage('delete-in-crash', 'Delete while crashed', {
  begin: (redis) => redis.kill('SIGKILL'),
  end: (redis) => redis.restart(),
});

/** The same, but Redis only stops replying for a while. */
export const deleteInHang: Scenario = deleteInOutage('delete-in-hang', 'Delete while hung', {
  begin: (redis) => redis.kill('SIGSTOP'),
  end: (redis) => redis.kill('SIGCONT'),
});

interface Fault {
  begin(redis: RedisServer): Promise<void>;
  end(redis: RedisServer): Promise<void>;
}

function deleteInOutage(name: string, title: string, fault: Fault): Scenario {
  return {
    name,
    title,
    run: (subject) =>
      withSetup(
        subject,
        async ({ redis, source, open }) => {
          const writer = await open();
          const other = await open();
          const { id } = source.write('product');
          await writer.read(id, () => source.read(id));
          const connections = await countConnections(redis.url);

          await fault.begin(redis);
          const written = source.write(id);
          const invalidation = await invalidateWithin(OUTAGE_LIMIT_MS, writer, written);
          await fault.end(redis);

          const watch = { source, written, isSettled: hasConnections(redis, connections) };
          const before = await watchLaterReads({ ...watch, instances: [writer, other] });
          const after = await watchLaterReads({ ...watch, instances: [await open()] });
          return { kind: 'later-reads', invalidation, laterReads: addReads(before, after) };
        },
        { persistence: 'append-only' },
      ),
  };
}

function hasConnections({ url }: RedisServer, wanted: number): () => Promise<boolean> {
  return async () => (await countConnections(url)) >= wanted;
}
