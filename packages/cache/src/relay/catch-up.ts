import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from '../store/backoff.js';
import type { StoreEvent } from '../store/store-event.js';
import type { ClaimedWatermark, NamespaceClaim } from './namespace-claim.js';
import { OutdatedStoreError, StoreClaimedError } from './relay-errors.js';
import { planRelay, type RelayPlan, type RelayPlanOptions } from './relay-plan.js';
import type { RelayTarget } from './relay-target.js';
import { formatWatermark, isClearing } from './watermark.js';

/** Options for bringing a store up to date. */
export interface CatchUpOptions extends RelayPlanOptions {
  readonly target: RelayTarget;
  readonly claim: NamespaceClaim;
  /** Milliseconds without progress after which another relay's clearing counts as abandoned. */
  readonly clearingPatienceMs: number;
  /** Called at each poll with the number of changes between the watermark and the log's head. */
  readonly onPoll: (behind: number) => void;
  readonly onEvent: (event: StoreEvent) => void;
}

/** The limits of one `catchUp` call. */
export interface CatchUpLimits {
  /** Whether the store may be cleared. A store in use may be cleared only if that takes no time. */
  readonly mayClear: boolean;
  /** The timeout in milliseconds. */
  readonly timeoutMs: number;
}

/** The result of `catchUp`. */
export interface CatchUpResult {
  /** The number of changes that this relay applied, without those that other relays applied. */
  readonly applied: number;
  /** The number of keys that were cleared. */
  readonly cleared: number;
  /** Every change up to this sequence number is applied. */
  readonly seq: number;
  /**
   * The time at which it began or, after a clearing, began again. Every change that was committed
   * before this time is applied.
   */
  readonly beganAt: number;
}

const clearingPause = { minMs: 200, maxMs: 200 };

/**
 * Applies the log to the store until the watermark reaches the head that the log had at the first
 * poll. Any number of processes may do this concurrently: a compare-and-set of the watermark
 * decides which of them applies a batch, and the others poll again.
 *
 * @throws {StoreClaimedError} when the store belongs to another database.
 * @throws {OutdatedStoreError} when the store must be cleared but may not be, or at the timeout.
 * @throws {ChangeLogError} when the log cannot be read.
 * @throws {Error} when an operation of the store fails, with its error.
 */
export async function catchUp(
  options: CatchUpOptions,
  limits: CatchUpLimits,
): Promise<CatchUpResult> {
  const deadline = performance.now() + limits.timeoutMs;
  const progress: Progress = {
    applied: 0,
    cleared: 0,
    beganAt: performance.now(),
    goal: undefined,
    clearingSeen: undefined,
  };
  while (performance.now() < deadline) {
    const reached = await step(options, limits, progress);
    if (reached !== undefined) {
      const { applied, cleared, beganAt } = progress;
      return { applied, cleared, beganAt, seq: reached };
    }
  }
  throw new OutdatedStoreError(`The store is still behind the log after ${limits.timeoutMs} ms`);
}

interface Progress {
  applied: number;
  cleared: number;
  beganAt: number;
  /** The log's head at the first poll after `beganAt`. */
  goal: number | undefined;
  /** The last mark of another relay's clearing, and the time at which it was first seen. */
  clearingSeen: { readonly mark: string; readonly at: number } | undefined;
}

/** Polls once and does one step. Returns the sequence number that was reached, at the goal only. */
async function step(
  options: CatchUpOptions,
  limits: CatchUpLimits,
  progress: Progress,
): Promise<number | undefined> {
  const { claim } = options;
  const claimed = await claim.poll();
  const plan = await planRelay(claimed.watermark, {
    ...options,
    // Values that another database has left in the store must not be used.
    missingWatermark: claim.wasHeldByOther ? 'clear' : options.missingWatermark,
  });
  if (plan.head.databaseId !== claimed.databaseId) {
    claim.noteOtherDatabase();
    return undefined;
  }
  progress.goal ??= plan.head.seq;
  options.onPoll(behindHead(plan));
  switch (plan.kind) {
    case 'nothing':
      claim.noteAgreement();
      return plan.head.seq;
    case 'apply': {
      claim.noteAgreement();
      const moved = await apply(options, claimed, plan, progress);
      return moved && plan.next.seq >= progress.goal ? plan.next.seq : undefined;
    }
    case 'clear':
      await clearOrWait(options, limits, claimed, plan, progress);
      return undefined;
  }
}

async function apply(
  { target, onPoll }: CatchUpOptions,
  { databaseId, watermark: expected }: ClaimedWatermark,
  { changes, head, next }: Extract<RelayPlan, { kind: 'apply' }>,
  progress: Progress,
): Promise<boolean> {
  const moved = await target.apply({ databaseId, expected, changes, next: formatWatermark(next) });
  if (moved) {
    progress.applied += changes.length;
    onPoll(Math.max(0, head.seq - next.seq));
  }
  return moved;
}

type ClearPlan = Extract<RelayPlan, { kind: 'clear' }>;

/** Clears the store, or waits while another relay clears it. */
async function clearOrWait(
  options: CatchUpOptions,
  { mayClear }: CatchUpLimits,
  claimed: ClaimedWatermark,
  plan: ClearPlan,
  progress: Progress,
): Promise<void> {
  const { claim, clearingPatienceMs } = options;
  await claim.noteDisagreement(claimed, plan.reason);
  if (!claim.mayClear(plan.reason)) {
    throw new StoreClaimedError(claimed.databaseId, claimed.databaseId);
  }
  if (!mayClear) {
    throw new OutdatedStoreError(`The store must be cleared: ${plan.reason}`);
  }
  if (!(await isBeingCleared(claimed.watermark, clearingPatienceMs, progress))) {
    await clear(options, claimed, plan, progress);
  }
  progress.goal = undefined;
  progress.beganAt = performance.now();
}

/** Returns whether another relay is clearing the store and still makes progress; pauses if so. */
async function isBeingCleared(
  watermark: string | undefined,
  patienceMs: number,
  progress: Progress,
): Promise<boolean> {
  if (watermark === undefined || !isClearing(watermark)) {
    return false;
  }
  const now = performance.now();
  if (watermark !== progress.clearingSeen?.mark) {
    progress.clearingSeen = { mark: watermark, at: now };
  } else if (now - progress.clearingSeen.at > patienceMs) {
    return false;
  }
  await sleep(backoffMs(0, clearingPause, Math.random), undefined, { ref: false });
  return true;
}

/**
 * Clears the store and then sets the watermark to the log's head from before the clearing, so that
 * later changes are still applied.
 */
async function clear(
  { target, onEvent }: CatchUpOptions,
  { databaseId, watermark: expected }: ClaimedWatermark,
  { reason, next }: ClearPlan,
  progress: Progress,
): Promise<void> {
  const cleared = await target.clear(expected, databaseId);
  if (!cleared) {
    return;
  }
  progress.cleared += cleared.keys;
  const end = {
    databaseId,
    expected: cleared.watermark,
    changes: [],
    next: formatWatermark(next),
  };
  if ((await target.apply(end)) && reason !== 'no-watermark') {
    onEvent({ type: 'cleared', reason, keys: cleared.keys });
  }
}

/** Returns the number of changes between the watermark and the head; `Infinity` if unknown. */
function behindHead(plan: RelayPlan): number {
  switch (plan.kind) {
    case 'nothing':
      return 0;
    case 'apply': {
      const first = plan.changes[0];
      return first ? plan.head.seq - first.seq + 1 : 0;
    }
    case 'clear':
      return Number.POSITIVE_INFINITY;
  }
}
