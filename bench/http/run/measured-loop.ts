import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type TemporaryFolder, temporaryFolder } from '@product-api/testing';
import { copyCatalog } from '../catalog.js';
import type { LoopSubject } from '../experiment.js';
import type { Round } from '../results.js';
import { peerProgram } from '../subjects.js';
import type { Bench } from './bench.js';
import { onCore } from './machine.js';

/** A loop of Prisma statements on its own copy of the catalog, as a new process for each round. */
export class MeasuredLoop {
  readonly subject: LoopSubject;
  readonly #bench: Bench;
  readonly #folder: TemporaryFolder;
  #round = 0;

  private constructor(subject: LoopSubject, bench: Bench, folder: TemporaryFolder) {
    this.subject = subject;
    this.#bench = bench;
    this.#folder = folder;
  }

  static async open(subject: LoopSubject, bench: Bench): Promise<MeasuredLoop> {
    const folder = await temporaryFolder();
    await copyCatalog(bench.scale.products, folder.file('catalog.db'));
    return new MeasuredLoop(subject, bench, folder);
  }

  /** Runs the loop, which begins with some statements that do not count. */
  async measure(): Promise<Round> {
    const { loop, count } = this.subject;
    const { cores, scale } = this.#bench;
    const first = (this.#round * count) % Math.max(1, scale.products - count);
    this.#round += 1;
    const [program, ...args] = onCore(cores, cores.server, [
      process.execPath,
      ...[fileURLToPath(peerProgram('prisma-loop')), loop, String(first), String(count)],
    ]);
    const env = {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      DATABASE_URL: `file:${this.#folder.file('catalog.db')}`,
    };
    const { stdout } = await promisify(execFile)(program, args, { env });
    // prisma-loop.ts prints this type.
    return JSON.parse(stdout) as Round;
  }

  close(): Promise<void> {
    return this.#folder.remove();
  }
}
