import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { OpenStreams } from '../experiment.js';
import { onCore } from '../run/machine.js';
import type { EventDelays } from './held-streams.js';

/** Open streams of changes. */
export interface HeldStreams {
  /** Returns how late events came since the last call. */
  delays(): Promise<EventDelays>;
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL('../../dist/http/load/held-streams.js', import.meta.url));

/**
 * Opens streams of changes in a program of their own.
 *
 * @param core the core of the program; undefined for any
 * @throws {Error} when the program ends before all are open
 */
export async function holdStreams(
  url: string,
  { count, query = '' }: OpenStreams,
  core: number | undefined,
): Promise<HeldStreams> {
  const [command = '', ...args] = onCore(core, [
    process.execPath,
    program,
    `${url}/changes/stream?${query}`,
    String(count),
  ]);
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  if ((await lines.next()).done) {
    throw new Error(`The streams of ${url} did not open`);
  }
  return {
    async delays() {
      child.stdin.write('\n');
      // The program prints this type.
      return JSON.parse((await lines.next()).value) as EventDelays;
    },
    async stop() {
      child.stdin.end();
      await exit;
    },
  };
}
