import type { ChangeRetention, Database } from '@product-api/database';
import { pause, repeat } from '../concurrency/repeat.js';

/** Milliseconds between two rounds. */
const ROUND_MS = 60_000;

/** Milliseconds between two statements of a round, in which other writers get the lock. */
const PAUSE_MS = 10;

/** How long changes are kept. */
export interface ChangeRetentionOptions extends ChangeRetention {
  /** Called if a round fails; the next one tries again. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Deletes the changes that need not be kept any more, now and every minute, in small steps.
 *
 * @returns a function that stops it, and resolves when no statement runs
 */
export function startDeletingOldChanges(
  { changeFeed }: Pick<Database, 'changeFeed'>,
  { onFailure, ...retention }: ChangeRetentionOptions,
): () => Promise<void> {
  return repeat(async (signal) => {
    try {
      while (!signal.aborted && (await changeFeed.deleteOld(retention)) > 0) {
        await pause(PAUSE_MS, signal);
      }
    } catch (error) {
      onFailure(error);
    }
  }, ROUND_MS);
}
