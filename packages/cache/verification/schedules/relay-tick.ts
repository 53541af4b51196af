import { catchUp } from '../../src/relay/catch-up.js';
import type { ChangeLog } from '../../src/relay/change-log.js';
import type { NamespaceClaim } from '../../src/relay/namespace-claim.js';
import type { RelayTarget } from '../../src/relay/relay-target.js';
import type { History } from './history.js';

/** What one look of a relay at the log works with. */
export interface RelayTickOptions {
  readonly target: RelayTarget;
  /** The process's, from its first tick on. */
  readonly claim: NamespaceClaim;
  readonly log: ChangeLog;
  /** Of all keys in the log. */
  readonly histories: readonly History[];
}

/**
 * Lets a relay catch up with the log. What was committed before it began is acknowledged by its
 * end: reads that begin then see it, whatever became of the inline invalidations.
 */
export async function relayTick({
  target,
  claim,
  log,
  histories,
}: RelayTickOptions): Promise<void> {
  const acknowledge = histories.map((history) => history.relayBegins());
  await catchUp(
    {
      target,
      claim,
      clearingPatienceMs: 0,
      log,
      longestLifeMs: 0,
      // Small, so that a relay is overtaken between its batches.
      batchSize: 2,
      missingWatermark: 'replay',
      onPoll: () => undefined,
      onEvent: () => undefined,
    },
    { mayClear: false, timeoutMs: Number.POSITIVE_INFINITY },
  );
  for (const acknowledgeAll of acknowledge) {
    acknowledgeAll();
  }
}
