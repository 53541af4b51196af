import type { RedisServer } from '@product-api/testing';
import { countConnections } from '../count-connections.js';
import { addReads, watchLaterReads } from '../later-reads.js';
import type { Scenario } from '../scenario.js';
import { onStage } from '../stage.js';
import { invalidateWithin } from './invalidate-within.js';

/** How long the outage lasts if the library does not say sooner what came of the invalidation. */
const outageLimitMs = 3000;

/**
 * The row is cached. Redis crashes; a writer commits a new row and awaits the invalidation; Redis
 * comes back with its data. Some time later, a third instance starts, which knows nothing of this.
 */
export const deleteInCrash: Scenario = deleteInOutage('delete-in-crash', 'Delete while crashed', {
  begin: (redis) => redis.kill('SIGKILL'),
  end: (redis) => redis.restart(),
});

/** The same, where Redis just stops answering for a while. */
export const deleteInHang: Scenario = deleteInOutage('delete-in-hang', 'Delete while hung', {
  begin: (redis) => redis.kill('SIGSTOP'),
  end: (redis) => redis.kill('SIGCONT'),
});

interface Outage {
  begin(redis: RedisServer): Promise<void>;
  end(redis: RedisServer): Promise<void>;
}

function deleteInOutage(name: string, title: string, outage: Outage): Scenario {
  return {
    name,
    title,
    run: (contender) =>
      onStage(
        contender,
        async ({ redis, source, open }) => {
          const writer = await open();
          const other = await open();
          const { id } = source.write('product');
          await writer.read(id, () => source.read(id));
          const connections = await countConnections(redis.url);

          await outage.begin(redis);
          const written = source.write(id);
          const invalidation = await invalidateWithin(outageLimitMs, writer, written);
          await outage.end(redis);

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
