import { fileURLToPath } from 'node:url';
import type { LoopSubject } from '../experiment.js';
import type { Round } from '../results.js';
import { peerProgram } from '../servers.js';
import { runOnCore, SERVER_CORE } from './machine.js';

const program = fileURLToPath(peerProgram('prisma-loop'));

/**
 * Runs one round of a loop in a new process; it begins with some calls that do not count.
 *
 * @param round the number of the round, from 0: each has other products
 * @param database the path of the loop's copy of the catalog
 */
export async function measureLoop(
  { loop, count }: LoopSubject,
  round: number,
  database: string,
  pinned: boolean,
): Promise<Round> {
  const command = [process.execPath, program, loop, String(round * count), String(count)];
  const env = { PATH: process.env['PATH'], NODE_ENV: 'production' };
  const core = pinned ? SERVER_CORE : undefined;
  // prisma-loop.ts prints this type.
  return (await runOnCore(core, command, { ...env, DATABASE_URL: `file:${database}` })) as Round;
}
