import { writeFile } from 'node:fs/promises';
import type { ServedContestant } from '../experiment.js';
import type { Laboratory } from '../laboratory.js';
import { type LoadResult, type Pace, REQUEST_END } from '../load/generator/generator-job.js';
import { runGenerator } from '../load/run-generator.js';
import { runWrk } from '../load/run-wrk.js';
import type { RunningServer } from '../servers/running-server.js';
import type { Target } from '../workloads/workload.js';

/** To accept more than these takes a good part of a second, so that their rounds last longer. */
const MANY_CONNECTIONS = 256;

/** Sends a contestant's requests to its server. */
export class ServerLoad {
  readonly #contestant: ServedContestant;
  readonly #lab: Laboratory;
  readonly #server: RunningServer;
  #round = 0;

  constructor(contestant: ServedContestant, lab: Laboratory, server: RunningServer) {
    this.#contestant = contestant;
    this.#lab = lab;
    this.#server = server;
  }

  get target(): Target {
    const { port, redisUrl } = this.#server;
    return { baseUrl: `http://127.0.0.1:${port}`, redisUrl, round: this.#round };
  }

  /** Makes the requests of the next round, and room for what the server will log. */
  async prepare(): Promise<void> {
    const requests = await this.#contestant.workload.requests(this.target);
    this.#round += 1;
    const text = requests.map((request) => request + REQUEST_END).join('');
    await writeFile(this.#requestsFile, text);
    await this.#server.log.empty();
  }

  /** Sends what is prepared in the workload's own order, as fast as the answers come. */
  send(): Promise<LoadResult> {
    const seconds = this.#seconds;
    if (this.#contestant.workload.order === 'once') return this.sendPaced({ kind: 'once' });
    if (this.#lab.generator === 'built-in') return this.sendPaced({ kind: 'for-seconds', seconds });
    return runWrk({ ...this.#job, seconds }, this.#lab.cores, this.#server.spec.pinned);
  }

  /** Sends what is prepared at another pace. */
  sendPaced(pace: Pace): Promise<LoadResult> {
    const { status } = this.#contestant.workload;
    const job = { ...this.#job, status, pace };
    return runGenerator(job, this.#lab.cores, this.#server.spec.pinned);
  }

  get #seconds(): number {
    const { seconds } = this.#lab.scale;
    return this.#contestant.connections > MANY_CONNECTIONS ? 3 * seconds : seconds;
  }

  get #job() {
    const { connections } = this.#contestant;
    return { port: this.#server.port, connections, requestsFile: this.#requestsFile };
  }

  get #requestsFile(): string {
    return this.#server.folder.file(`${this.#contestant.name}.requests`);
  }
}
