import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { promisify } from 'node:util';

/** Which core runs what: the server has one of its own, and everything else shares the other. */
export interface Cores {
  /** Whether processes can be pinned to cores: this needs `taskset` and a second core. */
  readonly pinned: boolean;
  readonly server: number;
  /** The core of the load generator and redis-server. */
  readonly load: number;
}

/** Finds out whether processes can be pinned to cores on this machine. */
export async function findCores(): Promise<Cores> {
  const canPin = promisify(execFile)('taskset', ['-c', '0,1', 'true']).then(
    () => true,
    () => false,
  );
  return { pinned: cpus().length > 1 && (await canPin), server: 0, load: 1 };
}

/** Returns a command that runs on `core`, if processes can be pinned and `core` is defined. */
export function onCore(
  { pinned }: Cores,
  core: number | undefined,
  command: readonly string[],
): readonly string[] {
  return pinned && core !== undefined ? ['taskset', '-c', String(core), ...command] : command;
}

/** Moves a running process with all its threads to one core, if processes can be pinned. */
export async function moveToCore({ pinned }: Cores, core: number, pid: number): Promise<void> {
  if (pinned) {
    await promisify(execFile)('taskset', ['-a', '-c', '-p', String(core), String(pid)]);
  }
}

/** Reads the busy and total ticks of a core since the machine started; NaN without /proc. */
export async function coreTimes(core: number): Promise<{ busy: number; total: number }> {
  const stat = await readFile('/proc/stat', 'utf8').catch(() => '');
  const line = stat.split('\n').find((text) => text.startsWith(`cpu${core} `)) ?? '';
  // proc(5): user, nice, system, idle, iowait, irq, softirq, steal. Guest time is part of user.
  const ticks = line.split(' ').slice(1, 9).map(Number);
  const total = ticks.reduce((sum, value) => sum + value, 0);
  return { busy: total - (ticks[3] ?? Number.NaN) - (ticks[4] ?? Number.NaN), total };
}

/** User and system time of a process and its children, and their memory in RAM. */
export interface ProcessUsage {
  readonly cpuSeconds: number;
  readonly residentBytes: number;
}

/** Linux counts processor time in 1/100 s on every architecture (USER_HZ in time(7)). */
const TICKS_PER_SECOND = 100;

/** Reads what a process and its children use from /proc; returns undefined if that fails. */
export async function processUsage(pid: number): Promise<ProcessUsage | undefined> {
  try {
    const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8');
    const stat = await read('stat');
    // The fields behind the name, which is in parentheses and may have spaces; proc(5) counts from 1.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const kilobytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(await read('status'))?.[1]);
    let cpuSeconds = (Number(fields[14 - 3]) + Number(fields[15 - 3])) / TICKS_PER_SECOND;
    let residentBytes = kilobytes * 1024;
    for (const child of (await read(`task/${pid}/children`)).trim().split(' ').filter(Boolean)) {
      const usage = await processUsage(Number(child));
      cpuSeconds += usage?.cpuSeconds ?? 0;
      residentBytes += usage?.residentBytes ?? 0;
    }
    return { cpuSeconds, residentBytes };
  } catch {
    return undefined;
  }
}
