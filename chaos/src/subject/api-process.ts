import { type RunningApi, startApi } from '@product-api/testing';
import type { DatabaseOutage, Outage, RecordEvent, Rollback } from '../history/history.js';
import { type FaultProxy, openFaultProxy } from '../network/fault-proxy.js';
import { usesCache } from './uses-cache.js';

/** The database of an API process. */
export interface ProcessDatabase {
  /** DATABASE_URL. */
  readonly url: string;
  /** The times in which the process could not use it; a SQLite file can always be used. */
  readonly outages: readonly DatabaseOutage[];
}

/** Options of an API process. */
export interface ApiProcessOptions<Database extends ProcessDatabase> {
  /** Its name in a history. */
  readonly name: string;
  readonly database: Database;
  readonly redisPort: number;
  /** REDIS_TIMEOUT_MS. Default: the service's own. */
  readonly redisTimeoutMs?: number;
  /** More settings of the process. Default: none. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Called with everything that happens to the process and to its path to Redis. */
  readonly recordEvent: RecordEvent;
}

type StartApi = (env?: Record<string, string>) => Promise<RunningApi>;

interface ApiProcessParts<Database> {
  readonly name: string;
  readonly database: Database;
  readonly pathToRedis: FaultProxy;
  readonly recordEvent: RecordEvent;
  readonly start: StartApi;
  readonly api: RunningApi;
}

/** An API process that can be killed and stopped, with its own network path to Redis. */
export class ApiProcess<Database extends ProcessDatabase = ProcessDatabase> {
  readonly name: string;
  readonly database: Database;
  readonly pathToRedis: FaultProxy;
  readonly #outages: Outage[] = [];
  readonly #rollbacks: Rollback[] = [];
  readonly #recordEvent: RecordEvent;
  readonly #start: StartApi;
  #api: RunningApi;

  private constructor({
    name,
    database,
    pathToRedis,
    recordEvent,
    start,
    api,
  }: ApiProcessParts<Database>) {
    this.name = name;
    this.database = database;
    this.pathToRedis = pathToRedis;
    this.#recordEvent = recordEvent;
    this.#start = start;
    this.#api = api;
  }

  /** Starts the process, and waits until it is live. */
  static async start<Database extends ProcessDatabase>(
    options: ApiProcessOptions<Database>,
  ): Promise<ApiProcess<Database>> {
    const { name, database, redisPort, redisTimeoutMs, settings } = options;
    const recordEvent: RecordEvent = (what) => options.recordEvent(`${name}: ${what}`);
    const pathToRedis = await openFaultProxy(redisPort, (what) =>
      recordEvent(`path to Redis ${what}`),
    );
    const start: StartApi = (env = {}) =>
      startApi({
        env: {
          DATABASE_URL: database.url,
          REDIS_URL: `redis://127.0.0.1:${pathToRedis.port}`,
          SEED: 'false',
          LOG_LEVEL: 'warn',
          ...(redisTimeoutMs !== undefined && { REDIS_TIMEOUT_MS: String(redisTimeoutMs) }),
          ...settings,
          ...env,
        },
      });
    return new ApiProcess({ name, database, pathToRedis, recordEvent, start, api: await start() });
  }

  /** The address of the process; the same after a restart. */
  get baseUrl(): string {
    return this.#api.baseUrl;
  }

  /** The times in which the process did not have to respond. */
  get outages(): readonly Outage[] {
    return this.#outages;
  }

  /** The times in which the process could not use its database. */
  get databaseOutages(): readonly DatabaseOutage[] {
    return this.database.outages;
  }

  /** The times in which its Redis replaced its data by older data. */
  get rollbacks(): readonly Rollback[] {
    return this.#rollbacks;
  }

  /** Returns the lines that the process has written since its last start. */
  logLines(): readonly string[] {
    return this.#api.logLines();
  }

  /** Makes the primary of several workers replace them, one after the other. */
  replaceWorkers(): void {
    this.#recordEvent('replaces its workers');
    this.#api.kill('SIGHUP');
  }

  /** Kills the process, and restarts it on the same port after `during` has ended. */
  crash(during: () => Promise<void>): Promise<void> {
    return this.#end('SIGKILL', during);
  }

  /** Ends the process by SIGTERM, and restarts it in the same way. */
  terminate(during: () => Promise<void>): Promise<void> {
    return this.#end('SIGTERM', during);
  }

  async #end(signal: NodeJS.Signals, during: () => Promise<void>): Promise<void> {
    const begin = performance.now();
    const index = this.#outages.push({ process: this.name, begin, end: Infinity }) - 1;
    this.#recordEvent(signal === 'SIGKILL' ? 'killed' : 'ended by SIGTERM');
    this.#api.kill(signal);
    await this.#api.exit;
    const death = performance.now();
    this.#outages[index] = { process: this.name, begin, death, end: Infinity };
    await during();
    await this.#api.stop();
    this.#api = await this.#start({ PORT: new URL(this.baseUrl).port });
    this.#recordEvent('restarted');
    this.#outages[index] = { process: this.name, begin, death, end: performance.now() };
  }

  /**
   * Stops the process by SIGSTOP, and continues it after `during` has ended. A process that is
   * stopped within a commit would block the writes of the others, which is not tested here: it is
   * continued and stopped again.
   *
   * @param mayStop returns whether the process was stopped outside of a commit
   */
  async pause(mayStop: () => Promise<boolean>, during: () => Promise<void>): Promise<void> {
    const begin = performance.now();
    const index = this.#outages.push({ process: this.name, begin, end: Infinity }) - 1;
    this.#api.kill('SIGSTOP');
    while (!(await mayStop())) {
      this.#api.kill('SIGCONT');
      await this.#waitForResponse();
      this.#api.kill('SIGSTOP');
    }
    this.#recordEvent('stopped');
    await during();
    this.#recordEvent('continued');
    this.#api.kill('SIGCONT');
    await this.#waitForResponse();
    this.#outages[index] = { process: this.name, begin, end: performance.now() };
  }

  /** Records that `rollBack` makes the Redis of this process replace its data by older data. */
  async rollBackRedis(rollBack: () => Promise<void>): Promise<void> {
    const rollback = { process: this.name, begin: performance.now() };
    const index = this.#rollbacks.push({ ...rollback, end: Infinity }) - 1;
    await rollBack();
    this.#rollbacks[index] = { ...rollback, end: performance.now() };
  }

  /** Returns whether the process uses Redis. */
  usesCache(): Promise<boolean> {
    return usesCache(this.baseUrl);
  }

  async stop(): Promise<void> {
    await this.#api.stop();
    await this.pathToRedis.close();
  }

  async #waitForResponse(): Promise<void> {
    await fetch(`${this.baseUrl}/health/live`);
  }
}
