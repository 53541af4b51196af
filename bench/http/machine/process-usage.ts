import { readFile } from 'node:fs/promises';

/** What a process and all its children use. */
export interface ProcessUsage {
  /** Processor time since each of them started, in seconds, of user and system together. */
  readonly cpuSeconds: number;
  /** Memory that is in RAM, in bytes. */
  readonly residentBytes: number;
}

/** Linux counts processor time in hundredths of a second on every architecture (time(7), USER_HZ). */
const ticksPerSecond = 100;

/** Reads what a process uses from /proc; undefined where there is none, or no such process. */
export async function processUsage(pid: number): Promise<ProcessUsage | undefined> {
  try {
    const pids = await withChildren(pid);
    const usages = await Promise.all(pids.map(usageOf));
    return {
      cpuSeconds: sum(usages.map(({ cpuSeconds }) => cpuSeconds)),
      residentBytes: sum(usages.map(({ residentBytes }) => residentBytes)),
    };
  } catch {
    return undefined;
  }
}

async function withChildren(pid: number): Promise<number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const nested = children.trim().split(' ').filter(Boolean).map(Number).map(withChildren);
  return [pid, ...(await Promise.all(nested)).flat()];
}

async function usageOf(pid: number): Promise<ProcessUsage> {
  const [stat, status] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8'),
    readFile(`/proc/${pid}/status`, 'utf8'),
  ]);
  // The fields after the name, which is in parentheses and may have spaces; proc(5) counts from 1.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[14 - 3]) + Number(fields[15 - 3]);
  const kilobytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
  return { cpuSeconds: ticks / ticksPerSecond, residentBytes: kilobytes * 1024 };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
