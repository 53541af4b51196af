import type { ClearReason } from '../store/store-event.js';
import type { Change, ChangeLog, LoggedChange, LogHead } from './change-log.js';
import { isClearing, marksAgree, parseWatermark, type Watermark } from './watermark.js';

/** The next step of a relay, by the watermark that it has read. */
export type RelayPlan =
  | { readonly kind: 'nothing'; readonly head: LogHead }
  | {
      readonly kind: 'apply';
      readonly head: LogHead;
      readonly changes: readonly Change[];
      readonly next: Watermark;
    }
  /** No value in the store can be trusted. `next` is the log's head before the clearing. */
  | {
      readonly kind: 'clear';
      readonly head: LogHead;
      readonly reason: ClearReason;
      readonly next: Watermark;
    };

/** Options for a plan. */
export interface RelayPlanOptions {
  readonly log: ChangeLog;
  /** Milliseconds after which a loaded value has certainly expired. */
  readonly longestLifeMs: number;
  /** The most changes that are applied at once. */
  readonly batchSize: number;
  /** Whether a missing watermark makes the relay replay the log or clear the store. */
  readonly missingWatermark: 'replay' | 'clear';
}

/**
 * Compares a watermark with the log. The watermark must have been read before this call, so that
 * only a watermark of another history can be ahead of the log's head.
 *
 * @throws {ChangeLogError} when the log cannot be read.
 */
export async function planRelay(
  seen: string | undefined,
  options: RelayPlanOptions,
): Promise<RelayPlan> {
  const head = await options.log.head();
  const clear = (reason: ClearReason): RelayPlan => ({ kind: 'clear', head, reason, next: head });
  if (seen === undefined) {
    return options.missingWatermark === 'clear' ? clear('no-watermark') : replay(head, options);
  }
  if (isClearing(seen)) {
    return clear('unfinished-clearing');
  }
  const watermark = parseWatermark(seen);
  if (watermark?.databaseId !== head.databaseId) {
    return clear('other-database');
  }
  if (watermark.seq > head.seq) {
    return clear('other-history');
  }
  if (watermark.seq === head.seq) {
    return marksAgree(watermark.mark, head.mark)
      ? { kind: 'nothing', head }
      : clear('other-history');
  }
  return continueAfter(watermark, head, options);
}

/** Plans to continue after the watermark. Also reads the watermark's own change, for its mark. */
async function continueAfter(
  watermark: Watermark,
  head: LogHead,
  options: RelayPlanOptions,
): Promise<RelayPlan> {
  const { log, batchSize } = options;
  const [first, ...rest] = await log.read(watermark.seq - 1, batchSize + 1);
  if (first?.seq === watermark.seq) {
    return marksAgree(watermark.mark, first.mark)
      ? applying(rest, head, batchSize)
      : { kind: 'clear', head, reason: 'other-history', next: head };
  }
  const { seq } = await log.start();
  if (seq > watermark.seq + 1) {
    return replay(head, options);
  }
  return applying(await log.read(watermark.seq, batchSize), head, batchSize);
}

/** Plans to replay the whole log, if all values from before its beginning have expired. */
async function replay(head: LogHead, options: RelayPlanOptions): Promise<RelayPlan> {
  const { log, batchSize, longestLifeMs } = options;
  const { seq, reachMs } = await log.start();
  if (reachMs < longestLifeMs) {
    return { kind: 'clear', head, reason: 'log-too-short', next: head };
  }
  return applying(await log.read(seq - 1, batchSize), head, batchSize);
}

function applying(changes: readonly LoggedChange[], head: LogHead, batchSize: number): RelayPlan {
  if (!changes.every(isReadable)) {
    return { kind: 'clear', head, reason: 'unreadable-change', next: head };
  }
  const last = changes.at(-1);
  // Fewer changes than the limit means that there were no more, so numbers up to the head are
  // unused.
  const complete = changes.length < batchSize && (last === undefined || last.seq < head.seq);
  const { seq, mark } = complete || last === undefined ? head : last;
  return { kind: 'apply', head, changes, next: { databaseId: head.databaseId, seq, mark } };
}

function isReadable(change: LoggedChange): change is Change {
  return change.version !== undefined;
}
