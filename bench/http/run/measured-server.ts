import type { ServerSubject } from '../experiment.js';
import { sendAtRate } from '../load/send-at-rate.js';
import { type Load, type LoadResult, sendLoad } from '../load/send-load.js';
import type { LatencyRound, Round } from '../results.js';
import { idleMs, LOAD_CORE } from './machine.js';
import type { ProcessorTimes, RunningServer } from './server.js';

/** Accepting more connections than these takes much of a second, so their rounds last longer. */
const MANY_CONNECTIONS = 256;

/** Ends the warm-up of requests that are slow. */
const MAX_WARM_UPS = 10;

/** A running server that gets the requests of one subject, in rounds of some seconds. */
export class MeasuredServer {
  readonly #subject: ServerSubject;
  readonly #server: RunningServer;
  readonly #seconds: number;
  #round = 0;

  constructor(subject: ServerSubject, server: RunningServer, seconds: number) {
    this.#subject = subject;
    this.#server = server;
    this.#seconds = seconds;
  }

  /** Runs rounds that do not count, so that code is compiled and the cache is filled. */
  async warmUp(requests: number): Promise<void> {
    for (let round = 0, sent = 0; sent < requests && round < MAX_WARM_UPS; round++) {
      sent += (await this.send()).requests;
    }
    await this.#checkStatus();
  }

  /** Checks one response: wrk counts only errors, and would measure another kind of response. */
  async #checkStatus(): Promise<void> {
    const { order, status: expected = 200 } = this.#subject.workload;
    const { url, requests } = await this.#nextLoad();
    const [first] = requests;
    if (order === 'once' || first === undefined) {
      return;
    }
    // By default, `fetch` adds no-cache to a conditional request; some servers then send a body.
    const headers = { 'cache-control': 'max-age=0', ...first.headers };
    const { method, path, body = null } = first;
    const { status } = await fetch(`${url}${path}`, { method, headers, body });
    if (status !== expected) {
      throw new Error(`Expected ${expected} from ${method} ${path}, got ${status}`);
    }
  }

  /** Measures a round. */
  async measure(): Promise<Round> {
    const { core } = this.#server;
    const load = await this.#nextLoad();
    const before = await this.#server.processorTimes();
    const [idleBefore, startedAt] = [idleMs(LOAD_CORE), Date.now()];
    const { requests, seconds, ...latencies } = await this.#send(load);
    const idle = (idleMs(LOAD_CORE) - idleBefore) / (Date.now() - startedAt);
    const after = await this.#server.processorTimes();
    return {
      ...{ requestsPerSecond: requests / seconds, ...latencies },
      ...perRequest(before, after, requests),
      ...(core !== undefined && { generatorBusy: Math.max(0, 1 - idle) }),
    };
  }

  /** Measures latencies at a constant rate. */
  async measureAtRate(perSecond: number): Promise<LatencyRound> {
    const { order: _, ...load } = await this.#nextLoad();
    const atRate = { ...load, perSecond, seconds: 2 * this.#seconds };
    const { p50Micros, p99Micros, lateP99Micros } = await this.#explained(
      sendAtRate(atRate, this.#server.core),
    );
    return { requestsPerSecond: perSecond, p50Micros, p99Micros, lateP99Micros };
  }

  /** Sends the requests of the next round, with some changes to the usual load. */
  async send(changes: Partial<Load> = {}): Promise<LoadResult> {
    return this.#send({ ...(await this.#nextLoad()), ...changes });
  }

  #send(load: Load): Promise<LoadResult> {
    return this.#explained(sendLoad(load, this.#server.core));
  }

  /** Waits for a result. An error has the end of the server's log. */
  async #explained<Result>(sending: Promise<Result>): Promise<Result> {
    return sending.catch(async (cause) => {
      throw new Error(`The server wrote:\n${await this.#server.lastFaults()}`, { cause });
    });
  }

  async #nextLoad(): Promise<Load> {
    const { workload, connections } = this.#subject;
    const { url, emptyLog } = this.#server;
    await emptyLog();
    const requests = await workload.requests(this.#server, this.#round++);
    const seconds = this.#seconds * (connections > MANY_CONNECTIONS ? 3 : 1);
    return { url, connections, requests, order: workload.order, seconds };
  }
}

/** Returns the processor times between two readings for each request, without those unknown. */
function perRequest(
  before: ProcessorTimes,
  after: ProcessorTimes,
  requests: number,
): Partial<ProcessorTimes> {
  const names = ['cpuMicros', 'databaseMicros', 'redisMicros'] as const;
  const times = names.map((name) => [name, (after[name] - before[name]) / requests] as const);
  return Object.fromEntries(times.filter(([, time]) => !Number.isNaN(time)));
}
