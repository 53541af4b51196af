import { eventually } from '@product-api/testing';
import type { ServerSubject } from '../experiment.js';
import { type LoadJob, type LoadResult, type Pace, sendLoad } from '../load/send-load.js';
import { productId } from '../product.js';
import type { LatencyRound, Round } from '../results.js';
import { DEFAULT_CONNECTIONS } from '../subjects.js';
import { coreTimes, processUsage } from './machine.js';
import type { Bench, RunningServer } from './server.js';

/** Above this share of a core, the generator rather than the server may limit the rate. */
const TOO_BUSY = 0.8;

/** Accepting more connections than these takes much of a second, so their rounds last longer. */
const MANY_CONNECTIONS = 256;

const FIRST_HIT_TIMEOUT_MS = 60_000;

/** A running server that gets the requests of one subject. */
export class MeasuredServer {
  readonly subject: ServerSubject;
  readonly #bench: Bench;
  readonly #server: RunningServer;
  #round = 0;

  constructor(subject: ServerSubject, bench: Bench, server: RunningServer) {
    this.subject = subject;
    this.#bench = bench;
    this.#server = server;
  }

  /** Sends each repeated request once, until the server has cached what it should. */
  async prepare(): Promise<void> {
    const { workload, connections } = this.subject;
    if (workload.order === 'once') {
      return;
    }
    const fill = async () => {
      await this.send(connections, 'each once');
      const response = await fetch(`${this.#baseUrl}/products/${productId(1)}`);
      await response.arrayBuffer();
      // Most peers do not have this header.
      return !workload.hits || (response.headers.get('x-cache') ?? 'HIT') === 'HIT';
    };
    await eventually(fill, { timeoutMs: FIRST_HIT_TIMEOUT_MS });
  }

  /** Runs a round that does not count, so that code is compiled. */
  async warmUp(): Promise<void> {
    // A single connection sends too few requests for that.
    await this.send(Math.max(DEFAULT_CONNECTIONS, this.subject.connections));
  }

  /** Measures a round, and repeats it if the load generator was too busy. */
  async measure(): Promise<Round> {
    for (let attempt = 0; ; attempt++) {
      const round = await this.#measureOnce();
      if (!round.generatorBound || attempt === this.#bench.scale.retries) {
        return round;
      }
      this.#bench.onProgress(`  ${this.subject.title}: the load generator was too busy; once more`);
    }
  }

  /** Measures latencies at a constant rate. */
  async measureAtRate(perSecond: number): Promise<LatencyRound> {
    const pace = { seconds: this.#bench.scale.latencySeconds, perSecond };
    const result = await this.send(this.subject.connections, pace);
    const { requests, seconds, p50Micros, p99Micros } = result;
    return { requestsPerSecond: requests / seconds, p50Micros, p99Micros };
  }

  /** Sends the requests of the next round; by default each once or for the seconds of a round. */
  async send(connections: number, pace?: Pace | 'each once'): Promise<LoadResult> {
    return this.#sendJob(await this.#createJob(connections, pace));
  }

  async #createJob(connections: number, pace?: Pace | 'each once'): Promise<LoadJob> {
    const { order, status, requests: createRequests } = this.subject.workload;
    const { seconds: usual } = this.#bench.scale;
    const { port, redisUrl, emptyLog } = this.#server;
    await emptyLog();
    const round = this.#round++;
    const requests = await createRequests({ baseUrl: this.#baseUrl, redisUrl, round });
    const seconds = connections > MANY_CONNECTIONS ? 3 * usual : usual;
    const chosen = pace ?? (order === 'once' ? 'each once' : { seconds });
    const job = { port, connections, requests, status };
    return { ...job, pace: chosen === 'each once' ? { count: requests.length } : chosen };
  }

  #sendJob(job: LoadJob): Promise<LoadResult> {
    const { cores, wrk } = this.#bench;
    return sendLoad(job, { cores, pinned: this.#server.spec.pinned, wrk });
  }

  async #measureOnce(): Promise<Round> {
    const { cores } = this.#bench;
    const { pid, spec } = this.#server;
    const job = await this.#createJob(this.subject.connections);
    const [usageBefore, coreBefore] = [await processUsage(pid), await coreTimes(cores.load)];
    const result = await this.#sendJob(job);
    const [usageAfter, coreAfter] = [await processUsage(pid), await coreTimes(cores.load)];
    const { requests, seconds, p50Micros, p99Micros } = result;
    const cpuSeconds = usageBefore && usageAfter && usageAfter.cpuSeconds - usageBefore.cpuSeconds;
    const busy = (coreAfter.busy - coreBefore.busy) / (coreAfter.total - coreBefore.total);
    return {
      requestsPerSecond: requests / seconds,
      p50Micros,
      p99Micros,
      ...(cpuSeconds !== undefined && { cpuMicros: (cpuSeconds * 1e6) / requests }),
      ...(cores.pinned && spec.pinned && { generatorBusy: busy }),
      ...(cores.pinned && spec.pinned && busy > TOO_BUSY && { generatorBound: true }),
    };
  }

  get #baseUrl(): string {
    return `http://127.0.0.1:${this.#server.port}`;
  }
}
