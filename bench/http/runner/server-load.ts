import { writeFile } from 'node:fs/promises';
import { defaultConnections, type ServedContestant } from '../experiment.js';
import type { Laboratory } from '../laboratory.js';
import { type LoadResult, type Pace, requestEnd } from '../load/generator/generator-job.js';
import { runGenerator } from '../load/run-generator.js';
import { runWrk } from '../load/run-wrk.js';
import type { RunningServer } from '../servers/running-server.js';
import type { Target } from '../workloads/workload.js';

/** To accept more than these takes a good part of a second, so that their rounds last longer. */
const manyConnections = 256;

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
    const text = requests.map((request) => request + requestEnd).join('');
    await writeFile(this.#requestsFile, text);
    await this.#server.log.empty();
  }

  /** Sends what is prepared in the workload's own order, as fast as the answers come. */
  send(): Promise<LoadResult> {
    return this.#send(this.#contestant.connections);
  }

  /** The same, over no fewer connections than a busy server has: over one, code stays uncompiled for long. */
  async warmUp(): Promise<void> {
    await this.#send(Math.max(defaultConnections, this.#contestant.connections));
  }

  /** Sends what is prepared at another pace. */
  sendPaced(pace: Pace): Promise<LoadResult> {
    return this.#sendPaced(pace, this.#contestant.connections);
  }

  #send(connections: number): Promise<LoadResult> {
    if (this.#contestant.workload.order === 'once') {
      return this.#sendPaced({ kind: 'once' }, connections);
    }
    const { seconds: usual } = this.#lab.scale;
    const seconds = connections > manyConnections ? 3 * usual : usual;
    if (this.#lab.generator === 'built-in') {
      return this.#sendPaced({ kind: 'for-seconds', seconds }, connections);
    }
    const job = { ...this.#job(connections), seconds };
    return runWrk(job, this.#lab.cores, this.#server.spec.pinned);
  }

  #sendPaced(pace: Pace, connections: number): Promise<LoadResult> {
    const { status } = this.#contestant.workload;
    const job = { ...this.#job(connections), status, pace };
    return runGenerator(job, this.#lab.cores, this.#server.spec.pinned);
  }

  #job(connections: number) {
    return { port: this.#server.port, connections, requestsFile: this.#requestsFile };
  }

  get #requestsFile(): string {
    return this.#server.folder.file(`${this.#contestant.name}.requests`);
  }
}
