import {
  eventually,
  type RunningApi,
  sharedRedis,
  startApi,
  temporaryFolder,
} from '@product-api/testing';

/** A service with two worker processes and its own database. */
export interface WorkerService {
  readonly api: RunningApi;
  readonly databaseFile: string;
  /** The settings for a second service on the same data. */
  readonly env: Readonly<Record<string, string>>;
  /** Returns the process ids of the running workers. */
  workers(): number[];
  stop(): Promise<void>;
}

/**
 * Starts a service with two workers, and returns when both serve. It uses a shared Redis unless the
 * settings contain REDIS_URL.
 *
 * @param settings more environment variables, which override the defaults
 */
export async function startWorkers(
  settings: Readonly<Record<string, string>> = {},
): Promise<WorkerService> {
  const folder = await temporaryFolder();
  const redis = settings['REDIS_URL'] === undefined ? await sharedRedis() : undefined;
  const databaseFile = folder.file('catalog.db');
  const env = {
    DATABASE_URL: `file:${databaseFile}`,
    ...(redis && { REDIS_URL: redis.url }),
    // A longer timeout, so that the service uses Redis on a busy machine too.
    REDIS_TIMEOUT_MS: '2000',
    CACHE_NAMESPACE: `${folder.path}:`,
    WORKERS: '2',
    // The service's default: connections end before it stops listening.
    SHUTDOWN_DELAY_MS: '250',
    ...settings,
  };
  const api = await startApi({ env });
  await eventually(() => messages(api, 'Product API is listening').length === 1, {
    timeoutMs: 15_000,
  });
  return {
    api,
    databaseFile,
    env,
    workers() {
      const ended = pids(api, 'worker ended');
      return pids(api, 'worker started').filter((pid) => !ended.includes(pid));
    },
    async stop() {
      await api.stop();
      await redis?.stop();
      await folder.remove();
    },
  };
}

/** Returns the log records with this message. */
export function messages(api: RunningApi, message: string): Record<string, unknown>[] {
  return api
    .logLines()
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .filter(({ msg }) => msg === message);
}

function pids(api: RunningApi, message: string): number[] {
  return messages(api, message).map(({ pid }) => Number(pid));
}
