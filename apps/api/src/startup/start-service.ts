import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { contract, VERSION } from '@product-api/contract';
import type { Database } from '@product-api/database';
import { ApiKeyRepository } from '../api-keys/api-key-repository.js';
import { CurrentKeys } from '../api-keys/current-keys.js';
import { createApp } from '../app.js';
import { type OpenCache, openCache } from '../cache/open-cache.js';
import { startDeletingOldChanges } from '../changes/delete-old-changes.js';
import type { Config } from '../config/config.js';
import { drain } from '../http/server/drain.js';
import { createHttpServer, type HttpServerOptions } from '../http/server/http-server.js';
import { listen } from '../http/server/listen.js';
import { requestContext } from '../http/server/request-context.js';
import { trackUnusedConnections } from '../http/server/unused-connections.js';
import { RunningStreams } from '../http/streams/running-streams.js';
import { startPruning } from '../idempotency/prune-records.js';
import { createAccessLog } from '../logging/access-log.js';
import { createLimitLog } from '../logging/limit-log.js';
import type { Log } from '../logging/logger.js';
import { PollLog } from '../logging/poll-log.js';
import { createRejectionLog } from '../logging/rejection-log.js';
import type { MetricFamily } from '../metrics/prometheus/metric-family.js';
import { recordResponses } from '../metrics/record-responses.js';
import { ServiceMetrics } from '../metrics/service-metrics.js';
import { keepIndexed } from '../products/search/keep-indexed.js';
import { RateLimiter } from '../rate-limits/rate-limiter.js';

/**
 * Maximum number of imports and exports of a process at a time. Each has up to a few mebibytes in
 * memory, and takes as much of the database as it gets.
 */
const STREAMS_AT_ONCE = 8;

const DAY_MS = 86_400_000;

/** Options for a service process. */
export interface ServiceOptions {
  readonly config: Config;
  readonly log: Log;
  /** Migrated. The service closes it when it stops. */
  readonly database: Database;
  readonly group: ServiceGroup;
}

/** The processes that serve together. A single process is a group of one. */
export interface ServiceGroup {
  /** Collects the metrics of all processes; `own` returns those of this process. */
  collectMetrics(own: () => readonly MetricFamily[]): Promise<readonly MetricFamily[]>;
  /** Resolves when this process, while it stops, can stop listening. */
  mayStopListening(): Promise<void>;
}

/** A service that accepts requests. */
export interface RunningService {
  /** The URL of the service. */
  readonly url: string;
  /** Returns the metrics of this process. */
  metrics(): readonly MetricFamily[];
  /**
   * Stops the service without losing an accepted request, then closes cache and database. Later
   * calls return the same promise. For the reason `shutdown`, readiness is 503 meanwhile.
   */
  stop(reason: StopReason): Promise<void>;
}

/** Why a process stops: with the whole service, or because another process has replaced it. */
export type StopReason = 'shutdown' | 'replaced';

/**
 * Opens the cache, and listens. Without a reachable Redis the service starts anyway, and serves
 * from the database until Redis can be used.
 */
export async function startService(options: ServiceOptions): Promise<RunningService> {
  const { config, log, database, group } = options;
  const metrics = new ServiceMetrics({ version: VERSION, routes: contractPaths() });
  const cache = await openCache(config, log.logger, database, metrics.cacheEvents);
  const logFailure = (message: string) => (error: unknown) => {
    // A condition of the database is in the log already.
    const level = database.failureOf(error) === undefined ? 'error' : 'debug';
    log.logger[level]({ err: error }, message);
  };
  const stopIndexing = keepIndexed(database, {
    pollMs: config.CACHE_POLL_MS,
    onFailure: logFailure('products not indexed for the search'),
  });
  const clock = () => new Date();
  const keysLog = new PollLog(log.logger, database, {
    fails:
      'API keys cannot be read, and requests with a key are refused: let the user of the service read the table api_keys, and repair or delete its faulty rows',
    worksAgain: 'API keys can be read again',
  });
  const apiKeys = new CurrentKeys({
    repository: new ApiKeyRepository(database),
    configuredKey: config.ADMIN_API_KEY,
    pollMs: config.CACHE_POLL_MS,
    clock,
    onFailure: (error) => keysLog.failed(error),
    onSuccess: () => keysLog.succeeded(),
  });
  // So that the first requests need not wait.
  await apiKeys.refresh().catch((error) => keysLog.failed(error));
  const stopKeys = apiKeys.startPolling();
  const streams = new RunningStreams({ atOnce: STREAMS_AT_ONCE, observer: metrics.streams });
  const changeStreams = new RunningStreams({
    atOnce: config.CHANGE_STREAMS_MAX,
    observer: metrics.changeStreams,
  });
  const ownMetrics = () => metrics.families(cache.observable, database);
  let stopping = false;
  const { application, handle } = createApp(
    {
      database,
      cache: cache.products,
      cacheCondition: cache.condition,
      apiKeys,
      onRefused: (reason) => metrics.refusals.count(reason),
      rateLimiter: createRateLimiter(options, cache, metrics),
      streams,
      changeStreams,
      transferObserver: metrics.streams,
      onChangesNotRead: logFailure('changes not read for the streams of changes'),
      logger: log.logger,
      collectMetrics: () => group.collectMetrics(ownMetrics),
      clock,
      newId: randomUUID,
      isStopping: () => stopping,
    },
    {
      bodyLimitBytes: config.BODY_LIMIT_BYTES,
      corsOrigins: config.CORS_ORIGINS,
      stockKeyRequired: config.REQUIRE_IDEMPOTENCY === 'stock',
      authMode: config.AUTH,
      changePollMs: config.CACHE_POLL_MS,
      servesDocuments: config.DOCS === 'on',
    },
  );
  const server = createHttpServer({
    application,
    handle,
    bodyLimitBytes: config.BODY_LIMIT_BYTES,
    maxConnections: config.MAX_CONNECTIONS,
    ...requestObservers(log, metrics),
  });
  const endUnused = trackUnusedConnections(server);
  const url = await listen(server, { host: config.HOST, port: config.PORT });
  const stopPruning = startPruning(database, {
    keepHours: config.IDEMPOTENCY_KEEP_HOURS,
    clock,
    onFailure: logFailure('idempotency records not pruned'),
  });
  const stopDeleting = startDeletingOldChanges(database, {
    olderThanMs: config.CHANGES_KEEP_DAYS * DAY_MS,
    keepAtMost: config.CHANGES_KEEP_AT_MOST,
    onFailure: logFailure('old changes not deleted'),
  });
  let stopped: Promise<void> | undefined;
  return {
    url,
    metrics: ownMetrics,
    stop(reason) {
      stopping ||= reason === 'shutdown';
      streams.stop();
      changeStreams.stop();
      stopped ??= stopService({ server, endUnused }, cache, options, [
        stopPruning,
        stopDeleting,
        stopIndexing,
        stopKeys,
      ]);
      return stopped;
    },
  };
}

/** Returns what counts requests against `RATE_LIMITS`; undefined if there are none. */
function createRateLimiter(
  { config, log }: ServiceOptions,
  { tokenBuckets }: OpenCache,
  { limitedRequests }: ServiceMetrics,
): RateLimiter | undefined {
  if (config.RATE_LIMITS === 'off') {
    return undefined;
  }
  const clock = () => performance.now();
  const logLimited = createLimitLog(log.logger, clock);
  return new RateLimiter({
    limits: config.RATE_LIMITS,
    buckets: tokenBuckets,
    trustedProxies: config.TRUST_PROXY,
    clock,
    onLimited(limited, caller) {
      limitedRequests.count(limited);
      logLimited(limited, caller);
    },
  });
}

type RequestObservers = Pick<
  HttpServerOptions,
  'beginRequest' | 'onRejected' | 'onDropped' | 'onUnhandled'
>;

/** Returns the callbacks of the server that log and count requests, rejections and bugs. */
function requestObservers(log: Log, metrics: ServiceMetrics): RequestObservers {
  const logAccess = createAccessLog(log);
  const recordResponse = recordResponses(metrics);
  const monotonicClock = () => performance.now();
  const rejections = createRejectionLog(log.logger, monotonicClock);
  return {
    beginRequest: requestContext({
      onResponseEnd(response, durationMs) {
        recordResponse(response, durationMs);
        logAccess(response, durationMs);
      },
      monotonicClock,
    }),
    onRejected(message) {
      metrics.rejections.countMessage(message.status);
      rejections.message(message);
    },
    onDropped(remoteAddress) {
      metrics.rejections.countConnection();
      rejections.connection(remoteAddress);
    },
    onUnhandled: (error, { id }) =>
      log.logger.error({ err: error, request_id: id }, 'request not handled: this is a bug'),
  };
}

function contractPaths(): string[] {
  return Object.values(contract).flatMap((routes) => Object.values(routes).map(({ path }) => path));
}

async function stopService(
  { server, endUnused }: { readonly server: Server; readonly endUnused: () => void },
  cache: OpenCache,
  { config, database, group }: ServiceOptions,
  stopTasks: readonly (() => Promise<void>)[],
): Promise<void> {
  await drain(server, {
    delay: async () => {
      await sleep(config.SHUTDOWN_DELAY_MS);
      await group.mayStopListening();
    },
    timeoutMs: config.SHUTDOWN_TIMEOUT_MS,
    endUnused,
  });
  await Promise.all([cache.products.close(), ...stopTasks.map((stop) => stop())]);
  await database.close();
}
