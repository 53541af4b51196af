import {
  eventually,
  type RunningApi,
  sharedRedis,
  startApi,
  temporaryFolder,
} from '@product-api/testing';

/** A service with two worker processes, on a database of its own. */
export interface WorkerService {
  readonly api: RunningApi;
  readonly databaseFile: string;
  /** What a second service on the same data needs. */
  readonly env: Readonly<Record<string, string>>;
  /** The process ids of the workers that run. */
  workers(): number[];
  stop(): Promise<void>;
}

/**
 * Starts a service with two workers, and returns when both serve.
 * @param settings variables beside those that it needs, or in place of them
 */
export async function startWorkers(
  settings: Readonly<Record<string, string>> = {},
): Promise<WorkerService> {
  const folder = await temporaryFolder();
  const redis = await sharedRedis();
  const databaseFile = folder.file('catalog.db');
  const env = {
    DATABASE_URL: `file:${databaseFile}`,
    REDIS_URL: redis.url,
    // A busy machine is not to keep the service from using Redis.
    REDIS_TIMEOUT_MS: '2000',
    CACHE_NAMESPACE: `${folder.path}:`,
    WORKERS: '2',
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
      await redis.stop();
      await folder.remove();
    },
  };
}

/** The lines of the log with a message. */
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
