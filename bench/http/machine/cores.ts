import { execFile } from 'node:child_process';
import { cpus } from 'node:os';
import { promisify } from 'node:util';

/** Which core does what: the server has one for itself, and whatever loads it shares the other. */
export interface Cores {
  /** Whether processes are kept on their cores; not so without `taskset` or a second core. */
  readonly pinned: boolean;
  readonly server: number;
  /** For the load's generator and redis-server. */
  readonly load: number;
}

/** Finds out whether processes can be kept on cores here. */
export async function findCores(): Promise<Cores> {
  const pinned = cpus().length > 1 && (await canSetAffinity());
  return { pinned, server: 0, load: 1 };
}

/** A command, to be run on one core where that is possible and `core` names one. */
export function onCore(
  { pinned }: Cores,
  core: number | undefined,
  command: readonly [string, ...string[]],
): readonly [string, ...string[]] {
  return pinned && core !== undefined ? ['taskset', '-c', String(core), ...command] : command;
}

/** Moves a process that runs, with all its threads, to one core where that is possible. */
export async function moveToCore({ pinned }: Cores, core: number, pid: number): Promise<void> {
  if (pinned) {
    await promisify(execFile)('taskset', ['-a', '-c', '-p', String(core), String(pid)]);
  }
}

function canSetAffinity(): Promise<boolean> {
  return promisify(execFile)('taskset', ['-c', '0,1', 'true']).then(
    () => true,
    () => false,
  );
}
