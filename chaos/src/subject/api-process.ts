import type { Readiness } from '@product-api/contract';
import { type RunningApi, startApi } from '@product-api/testing';
import type { Disturbance } from '../history/disturbance.js';
import type { Note } from '../history/occurrence.js';
import type { Setback } from '../history/setback.js';
import { type FaultProxy, openFaultProxy } from '../network/fault-proxy.js';

/** Where an API process finds what it works with. */
export interface ApiProcessOptions {
  /** What a history calls it. */
  readonly name: string;
  readonly databaseUrl: string;
  readonly redisPort: number;
  /** REDIS_TIMEOUT_MS. Default: the service's own. */
  readonly redisTimeoutMs?: number;
  /** Told of what is done to it and to its path to Redis. */
  readonly note: Note;
}

type StartApi = (env?: Record<string, string>) => Promise<RunningApi>;

interface ApiProcessParts {
  readonly name: string;
  readonly pathToRedis: FaultProxy;
  readonly note: Note;
  readonly start: StartApi;
  readonly api: RunningApi;
}

/** An API process that can be killed and stopped, with a network path of its own to Redis. */
export class ApiProcess {
  readonly name: string;
  readonly pathToRedis: FaultProxy;
  readonly #disturbances: Disturbance[] = [];
  readonly #setbacks: Setback[] = [];
  readonly #note: Note;
  readonly #start: StartApi;
  #api: RunningApi;

  private constructor({ name, pathToRedis, note, start, api }: ApiProcessParts) {
    this.name = name;
    this.pathToRedis = pathToRedis;
    this.#note = note;
    this.#start = start;
    this.#api = api;
  }

  /** Starts it, and answers when it is live. */
  static async start(options: ApiProcessOptions): Promise<ApiProcess> {
    const { name, databaseUrl, redisPort, redisTimeoutMs } = options;
    const note: Note = (what) => options.note(`${name}: ${what}`);
    const pathToRedis = await openFaultProxy(redisPort, (what) => note(`path to Redis ${what}`));
    const start: StartApi = (env = {}) =>
      startApi({
        env: {
          DATABASE_URL: databaseUrl,
          REDIS_URL: `redis://127.0.0.1:${pathToRedis.port}`,
          SEED: 'false',
          LOG_LEVEL: 'warn',
          ...(redisTimeoutMs !== undefined && { REDIS_TIMEOUT_MS: String(redisTimeoutMs) }),
          ...env,
        },
      });
    return new ApiProcess({ name, pathToRedis, note, start, api: await start() });
  }

  /** Where it listens; the same after a restart. */
  get baseUrl(): string {
    return this.#api.baseUrl;
  }

  /** The times in which it owed nobody an answer. */
  get disturbances(): readonly Disturbance[] {
    return this.#disturbances;
  }

  /** The times in which its Redis took over older data. */
  get setbacks(): readonly Setback[] {
    return this.#setbacks;
  }

  /** Kills it, and starts it again on the same port after the outage. */
  async crash(outage: () => Promise<void>): Promise<void> {
    const begin = performance.now();
    const index = this.#disturb({ process: this.name, begin, end: Infinity });
    this.#note('killed');
    this.#api.kill('SIGKILL');
    await this.#api.exit;
    const death = performance.now();
    this.#disturbances[index] = { process: this.name, begin, death, end: Infinity };
    await outage();
    await this.#api.stop();
    this.#api = await this.#start({ PORT: new URL(this.baseUrl).port });
    this.#note('started again');
    this.#disturbances[index] = { process: this.name, begin, death, end: performance.now() };
  }

  /**
   * Stops it by SIGSTOP, and lets it go on after the outage. A process stopped in the middle of a
   * commit would keep the others from writing, which is not what is tried here: it goes on and is
   * stopped again elsewhere.
   *
   * @param mayStop tells whether it was stopped at a good moment
   */
  async pause(mayStop: () => Promise<boolean>, outage: () => Promise<void>): Promise<void> {
    const begin = performance.now();
    const index = this.#disturb({ process: this.name, begin, end: Infinity });
    this.#api.kill('SIGSTOP');
    while (!(await mayStop())) {
      this.#api.kill('SIGCONT');
      await this.#answer();
      this.#api.kill('SIGSTOP');
    }
    this.#note('stopped');
    await outage();
    this.#note('goes on');
    this.#api.kill('SIGCONT');
    await this.#answer();
    this.#disturbances[index] = { process: this.name, begin, end: performance.now() };
  }

  /** Lets the Redis that it is connected to take over older data. */
  async setBack(takeOver: () => Promise<void>): Promise<void> {
    const setback = { process: this.name, begin: performance.now() };
    const index = this.#setbacks.push({ ...setback, end: Infinity }) - 1;
    await takeOver();
    this.#setbacks[index] = { ...setback, end: performance.now() };
  }

  /** Whether it uses Redis. */
  async usesCache(): Promise<boolean> {
    const answer = await fetch(`${this.baseUrl}/health/ready`);
    // The contract declares it so.
    const { cache } = (await answer.json()) as Readiness;
    return cache === 'ok';
  }

  async stop(): Promise<void> {
    await this.#api.stop();
    await this.pathToRedis.close();
  }

  #disturb(disturbance: Disturbance): number {
    return this.#disturbances.push(disturbance) - 1;
  }

  async #answer(): Promise<void> {
    await fetch(`${this.baseUrl}/health/live`);
  }
}
