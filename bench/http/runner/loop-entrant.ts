import { execFile } from 'node:child_process';
import { constants, copyFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryFolder } from '@product-api/testing';
import { catalogFile } from '../catalog/catalog-file.js';
import type { LoopContestant } from '../experiment.js';
import type { Laboratory } from '../laboratory.js';
import { onCore } from '../machine/cores.js';
import { peerProgram } from '../servers/peer.js';
import type { Entrant } from './entrant.js';

/** What the loop prints. */
interface LoopOutput {
  readonly count: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** Gives a loop its copy of the catalog; each round runs it as a process on the server's core. */
export async function enterLoop(contestant: LoopContestant, lab: Laboratory): Promise<Entrant> {
  const folder = await temporaryFolder();
  const path = folder.file('catalog.db');
  await copyFile(await catalogFile(lab.scale.products), path, constants.COPYFILE_FICLONE);
  let round = 0;
  return {
    contestant,
    // Each round is a process of its own, which begins with some statements that do not count.
    warmUp: async () => undefined,
    async measure() {
      const { statement, count: perRound } = contestant;
      const first = (round * perRound) % Math.max(1, lab.scale.products - perRound);
      round += 1;
      const [program, ...args] = onCore(lab.cores, lab.cores.server, [
        process.execPath,
        fileURLToPath(peerProgram('prisma-loop')),
        ...[statement, String(first), String(perRound)],
      ]);
      const env = {
        PATH: process.env['PATH'],
        NODE_ENV: 'production',
        DATABASE_URL: `file:${path}`,
      };
      const { stdout } = await promisify(execFile)(program, args, { env });
      // The program prints this type.
      const { count, seconds, cpuSeconds } = JSON.parse(stdout) as LoopOutput;
      return { requestsPerSecond: count / seconds, cpuMicros: (cpuSeconds * 1e6) / count };
    },
    leave: () => folder.remove(),
  };
}
