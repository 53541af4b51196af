import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from '../store/backoff.js';
import type { StoreEvent } from '../store/store-event.js';
import type { NamespaceClaim, Sight } from './namespace-claim.js';
import { OutdatedStoreError, StoreClaimedError } from './relay-errors.js';
import { planRelay, type RelayPlan, type RelayPlanOptions } from './relay-plan.js';
import type { RelayTarget } from './relay-target.js';
import { formatWatermark, isClearing } from './watermark.js';

/** What a store is brought up to date with. */
export interface CatchUpOptions extends RelayPlanOptions {
  readonly target: RelayTarget;
  readonly claim: NamespaceClaim;
  /** Milliseconds without a trace after which another relay's clearing counts as given up. */
  readonly clearingPatienceMs: number;
  /** Told at each look how many changes the watermark was behind the log's head. */
  readonly onLook: (behind: number) => void;
  readonly onEvent: (event: StoreEvent) => void;
}

/** How far one catching-up may go. */
export interface CatchUpLimits {
  /** Whether the store may be cleared: only where nobody is served from it meanwhile. */
  readonly mayClear: boolean;
  /** Milliseconds after which to give up. */
  readonly timeoutMs: number;
}

/** What a catching-up did. */
export interface CaughtUp {
  /** How many changes it applied; those that other relays applied are not counted. */
  readonly applied: number;
  /** How many keys it cleared. */
  readonly cleared: number;
  /** Everything up to this number is applied. */
  readonly seq: number;
  /**
   * When the last part of it began that nothing had to be waited for in: all that was committed
   * before is applied.
   */
  readonly beganAt: number;
}

/** A number of changes behind the head: none of them is known where the watermark is of no use. */
const unknown = Number.POSITIVE_INFINITY;

const clearingPause = { minMs: 200, maxMs: 200 };

/**
 * Applies the log to the store until its watermark has reached the head that the log had after the
 * first look at the watermark. Any number of processes may do so at once: who moves the watermark
 * is decided by its compare-and-set, and who loses looks again.
 *
 * @throws StoreClaimedError when the store is kept up to date with another database
 * @throws OutdatedStoreError when the store must be cleared and may not be, or time runs out
 * @throws ChangeLogError when the log cannot be read
 * @throws whatever the store throws
 */
export async function catchUp(options: CatchUpOptions, limits: CatchUpLimits): Promise<CaughtUp> {
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
  /** The head that the log had after the first look since then. */
  goal: number | undefined;
  /** The last trace of another relay's clearing, and when it was first seen. */
  clearingSeen: { readonly trace: string; readonly at: number } | undefined;
}

/** Looks, and does one batch of what there is to do; answers the number reached, at the goal. */
async function step(
  options: CatchUpOptions,
  limits: CatchUpLimits,
  progress: Progress,
): Promise<number | undefined> {
  const { claim } = options;
  const sight = await claim.look();
  const plan = await planRelay(sight.watermark, {
    ...options,
    // What is left after another database has used the store is not this one's.
    missingWatermark: claim.metOther ? 'clear' : options.missingWatermark,
  });
  if (plan.head.databaseId !== sight.databaseId) {
    claim.databaseChanged();
    return undefined;
  }
  progress.goal ??= plan.head.seq;
  options.onLook(behindHead(plan));
  switch (plan.kind) {
    case 'nothing':
      claim.agree();
      return plan.head.seq;
    case 'apply': {
      claim.agree();
      const moved = await apply(options, sight, plan, progress);
      return moved && plan.next.seq >= progress.goal ? plan.next.seq : undefined;
    }
    case 'clear':
      await stepOfClearing(options, limits, sight, plan, progress);
      return undefined;
  }
}

async function apply(
  { target, onLook }: CatchUpOptions,
  { databaseId, watermark: expected }: Sight,
  { changes, head, next }: Extract<RelayPlan, { kind: 'apply' }>,
  progress: Progress,
): Promise<boolean> {
  const moved = await target.apply({ databaseId, expected, changes, next: formatWatermark(next) });
  if (moved) {
    progress.applied += changes.length;
    onLook(Math.max(0, head.seq - next.seq));
  }
  return moved;
}

type ClearPlan = Extract<RelayPlan, { kind: 'clear' }>;

/** Clears the store, or waits for another relay that does, where that is allowed. */
async function stepOfClearing(
  options: CatchUpOptions,
  { mayClear }: CatchUpLimits,
  sight: Sight,
  plan: ClearPlan,
  progress: Progress,
): Promise<void> {
  const { claim, clearingPatienceMs } = options;
  await claim.disagree(sight, plan.reason);
  if (!claim.mayClear(plan.reason)) {
    throw new StoreClaimedError(sight.databaseId, sight.databaseId);
  }
  if (!mayClear) {
    throw new OutdatedStoreError(`The store must be cleared: ${plan.reason}`);
  }
  if (!(await isBeingCleared(sight.watermark, clearingPatienceMs, progress))) {
    await clear(options, sight, plan, progress);
  }
  progress.goal = undefined;
  progress.beganAt = performance.now();
}

/** Whether another relay is clearing the store; it is not if its trace has not changed for long. */
async function isBeingCleared(
  seen: string | undefined,
  patienceMs: number,
  progress: Progress,
): Promise<boolean> {
  if (seen === undefined || !isClearing(seen)) {
    return false;
  }
  const now = performance.now();
  if (seen !== progress.clearingSeen?.trace) {
    progress.clearingSeen = { trace: seen, at: now };
  } else if (now - progress.clearingSeen.at > patienceMs) {
    return false;
  }
  await sleep(backoffMs(0, clearingPause, Math.random), undefined, { ref: false });
  return true;
}

/** Clears, and starts at the head from before: whatever was committed since is still to be applied. */
async function clear(
  { target, onEvent }: CatchUpOptions,
  { databaseId, watermark: expected }: Sight,
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

function behindHead(plan: RelayPlan): number {
  switch (plan.kind) {
    case 'nothing':
      return 0;
    case 'apply': {
      const first = plan.changes[0];
      return first ? plan.head.seq - first.seq + 1 : 0;
    }
    case 'clear':
      return unknown;
  }
}
