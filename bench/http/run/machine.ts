import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { promisify } from 'node:util';

/** The core of the server under measurement. */
export const SERVER_CORE = 0;

/** The core of everything else: the load generator and redis-server. */
export const LOAD_CORE = 1;

/** Linux counts processor time in 1/100 s on every architecture (USER_HZ in time(7)). */
const MICROS_PER_TICK = 10_000;

/** Whether processes can be pinned to cores: this needs `taskset` and a second core. */
export async function canPin(): Promise<boolean> {
  const attempt = promisify(execFile)('taskset', ['-c', `${SERVER_CORE},${LOAD_CORE}`, 'true']);
  return attempt.then(() => cpus().length > 1).catch(() => false);
}

/** Returns a command that runs on this core; undefined stands for any core. */
export function onCore(core: number | undefined, command: readonly string[]): readonly string[] {
  return core === undefined ? command : ['taskset', '-c', String(core), ...command];
}

/** Runs a command on a core, and parses the last line of its output as JSON. */
export async function runOnCore(
  core: number | undefined,
  command: readonly string[],
  env = process.env,
): Promise<unknown> {
  const [program = '', ...args] = onCore(core, command);
  const { stdout } = await promisify(execFile)(program, args, { env });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

/** Moves a running process with all its threads to a core. */
export async function moveToCore(core: number, pid: number): Promise<void> {
  await promisify(execFile)('taskset', ['-a', '-c', '-p', String(core), String(pid)]);
}

/** Returns for how many milliseconds a core has been idle since the machine started. */
export function idleMs(core: number): number {
  return cpus()[core]?.times.idle ?? Number.NaN;
}

/** Reads the user and system time that a process has used, in microseconds; NaN without /proc. */
export async function cpuMicros(pid: number): Promise<number> {
  const { own } = await cpuTicks(pid);
  return own * MICROS_PER_TICK;
}

/** Reads the processor time of a process and its children, also of those that have ended. */
export async function treeCpuMicros(pid: number): Promise<number> {
  const list = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const children = list.trim().split(' ').filter(Boolean).map(Number);
  const { own, ended } = await cpuTicks(pid);
  const living = await Promise.all(children.map(async (child) => (await cpuTicks(child)).own || 0));
  return (own + ended + living.reduce((sum, ticks) => sum + ticks, 0)) * MICROS_PER_TICK;
}

/** Reads the time of a process, and that of its children that have ended; NaN without /proc. */
async function cpuTicks(pid: number): Promise<{ own: number; ended: number }> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The fields behind the name, which is in parentheses and may have spaces; proc(5) counts from 1.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system, endedUser, endedSystem] = fields.slice(14 - 3, 18 - 3).map(Number);
  return {
    own: (user ?? Number.NaN) + (system ?? Number.NaN),
    ended: (endedUser ?? Number.NaN) + (endedSystem ?? Number.NaN),
  };
}

/** Reads the bytes that a process has in RAM; NaN without /proc. */
export async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}
