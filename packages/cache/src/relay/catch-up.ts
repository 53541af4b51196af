import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from '../backoff.js';
import type { StoreEvent } from '../cache-event.js';
import { OutdatedStoreError } from './outdated-store-error.js';
import { planRelay, type RelayPlan, type RelayPlanOptions } from './relay-plan.js';
import type { RelayTarget } from './relay-target.js';
import { formatWatermark, isClearing } from './watermark.js';

/** What a store is brought up to date with. */
export interface CatchUpOptions extends RelayPlanOptions {
  readonly target: RelayTarget;
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
}

/** A number of changes behind the head: none of them is known where the watermark is of no use. */
const unknown = Number.POSITIVE_INFINITY;

const clearingPause = { minMs: 200, maxMs: 200 };

/**
 * Applies the log to the store until its watermark has reached the head that the log had after the
 * first look at the watermark. Any number of processes may do so at once: who moves the watermark
 * is decided by its compare-and-set, and who loses looks again.
 *
 * @throws OutdatedStoreError when the store must be cleared and may not be, or time runs out
 * @throws ChangeLogError when the log cannot be read
 * @throws whatever the store throws
 */
export async function catchUp(options: CatchUpOptions, limits: CatchUpLimits): Promise<CaughtUp> {
  const deadline = performance.now() + limits.timeoutMs;
  const progress: Progress = { applied: 0, cleared: 0, goal: undefined, clearingSeen: undefined };
  while (performance.now() < deadline) {
    const reached = await step(options, limits, progress);
    if (reached !== undefined) {
      return { applied: progress.applied, cleared: progress.cleared, seq: reached };
    }
  }
  throw new OutdatedStoreError(`The store is still behind the log after ${limits.timeoutMs} ms`);
}

interface Progress {
  applied: number;
  cleared: number;
  /** The head that the log had after the first look. */
  goal: number | undefined;
  /** The last trace that was seen of another relay's clearing. */
  clearingSeen: string | undefined;
}

/** Looks, and does one batch of what there is to do; answers the number reached, at the goal. */
async function step(
  options: CatchUpOptions,
  { mayClear }: CatchUpLimits,
  progress: Progress,
): Promise<number | undefined> {
  const seen = await options.target.readWatermark();
  const plan = await planRelay(seen, options);
  progress.goal ??= plan.head.seq;
  options.onLook(behindHead(plan));
  switch (plan.kind) {
    case 'nothing':
      return plan.head.seq;
    case 'apply': {
      const moved = await apply(options, seen, plan, progress);
      return moved && plan.next.seq >= progress.goal ? plan.next.seq : undefined;
    }
    case 'clear':
      if (!mayClear) {
        throw new OutdatedStoreError(`The store must be cleared: ${plan.reason}`);
      }
      if (!(await isBeingCleared(seen, progress))) {
        await clear(options, seen, plan, progress);
      }
      return undefined;
  }
}

async function apply(
  { target, onLook }: CatchUpOptions,
  expected: string | undefined,
  { changes, head, next }: Extract<RelayPlan, { kind: 'apply' }>,
  progress: Progress,
): Promise<boolean> {
  const moved = await target.apply({ expected, changes, next: formatWatermark(next) });
  if (moved) {
    progress.applied += changes.length;
    onLook(Math.max(0, head.seq - next.seq));
  }
  return moved;
}

/** Whether another relay is clearing the store; it is not if its trace is the same at the next look. */
async function isBeingCleared(seen: string | undefined, progress: Progress): Promise<boolean> {
  if (seen === undefined || !isClearing(seen) || seen === progress.clearingSeen) {
    return false;
  }
  progress.clearingSeen = seen;
  await sleep(backoffMs(0, clearingPause, Math.random), undefined, { ref: false });
  return true;
}

/** Clears, and starts at the head from before: whatever was committed since is still to be applied. */
async function clear(
  { target, onEvent }: CatchUpOptions,
  expected: string | undefined,
  { reason, next }: Extract<RelayPlan, { kind: 'clear' }>,
  progress: Progress,
): Promise<void> {
  const cleared = await target.clear(expected);
  if (!cleared) {
    return;
  }
  progress.cleared += cleared.keys;
  const end = { expected: cleared.watermark, changes: [], next: formatWatermark(next) };
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
