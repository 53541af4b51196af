import { fileURLToPath } from 'node:url';
import type { LoopSubject } from '../experiment.js';
import type { Round } from '../results.js';
import { peerProgram } from '../servers.js';
import { runOnCore, SERVER_CORE } from './machine.js';
import type { Bench } from './server.js';

/**
 * Runs one round of a loop in a new process; it begins with some calls that do not count.
 *
 * @param round the number of the round, from 0: each has other products
 * @param databaseUrl the loop's copy of the catalog
 */
export async function measureLoop(
  { loop, args, count }: LoopSubject,
  round: number,
  databaseUrl: string,
  { pinned, scale }: Bench,
): Promise<Round> {
  const program = fileURLToPath(peerProgram(loop));
  const calls = [round * count, count, scale.seconds].map(String);
  const command = [process.execPath, program, ...args, ...calls];
  const env = { PATH: process.env['PATH'], NODE_ENV: 'production' };
  const core = pinned ? SERVER_CORE : undefined;
  // The program prints this type.
  return (await runOnCore(core, command, { ...env, DATABASE_URL: databaseUrl })) as Round;
}
