import { readFile } from 'node:fs/promises';

/** How one core has spent its time since the machine started, in the kernel's ticks. */
export interface CoreTimes {
  readonly busy: number;
  readonly total: number;
}

/** Reads a core's times from /proc/stat; undefined where there is none. */
export async function coreTimes(core: number): Promise<CoreTimes | undefined> {
  const stat = await readFile('/proc/stat', 'utf8').catch(() => '');
  const line = stat.split('\n').find((text) => text.startsWith(`cpu${core} `));
  if (line === undefined) {
    return undefined;
  }
  // proc(5): user, nice, system, idle, iowait, irq, softirq, steal; guest times are in user's already.
  const ticks = line.split(' ').slice(1, 9).map(Number);
  const total = ticks.reduce((sum, value) => sum + value, 0);
  const waiting = (ticks[3] ?? 0) + (ticks[4] ?? 0);
  return { busy: total - waiting, total };
}

/** The part of the time between two readings in which the core was busy, from 0 to 1. */
export function busyShare(
  before: CoreTimes | undefined,
  after: CoreTimes | undefined,
): number | undefined {
  if (!before || !after || after.total === before.total) {
    return undefined;
  }
  return (after.busy - before.busy) / (after.total - before.total);
}
