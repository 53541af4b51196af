import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { copyCatalog } from '../catalog.js';
import type { LoopSubject } from '../experiment.js';
import type { Round } from '../results.js';
import { peerProgram } from '../subjects.js';
import { onCore } from './machine.js';
import type { Bench } from './server.js';

/** A loop of Prisma statements on its own copy of the catalog, as a new process for each round. */
export class MeasuredLoop {
  readonly subject: LoopSubject;
  readonly #bench: Bench;
  readonly #database: string;
  #round = 0;

  constructor(subject: LoopSubject, bench: Bench, database: string) {
    this.subject = subject;
    this.#bench = bench;
    this.#database = database;
  }

  async prepare(): Promise<void> {
    await copyCatalog(this.#bench.scale.products, this.#database);
  }

  /** Runs the loop, which begins with some statements that do not count. */
  async measure(): Promise<Round> {
    const { loop, count } = this.subject;
    const { cores, scale } = this.#bench;
    const first = (this.#round++ * count) % Math.max(1, scale.products - count);
    const script = [fileURLToPath(peerProgram('prisma-loop')), loop, String(first), String(count)];
    const [program = '', ...args] = onCore(cores, cores.server, [process.execPath, ...script]);
    const DATABASE_URL = `file:${this.#database}`;
    const env = { PATH: process.env['PATH'], NODE_ENV: 'production', DATABASE_URL };
    const { stdout } = await promisify(execFile)(program, args, { env });
    // prisma-loop.ts prints this type.
    return JSON.parse(stdout) as Round;
  }
}
