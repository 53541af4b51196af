import { writeFile } from 'node:fs/promises';
import { findRedisServer } from '../programs/find-programs.js';
import { temporaryFolder } from '../temporary-folder.js';
import { redisProcessId } from './redis-process-id.js';
import { startServerProcess } from './server-process.js';
import { type RedisServer, startRedisServer } from './start-redis.js';

/** Options of `startSentinel`. */
export interface StartSentinelOptions {
  /** The name of the primary. */
  readonly name: string;
  /** The port of the primary on 127.0.0.1. */
  readonly primaryPort: number;
  /** How many sentinels must agree that the primary is down. */
  readonly quorum: number;
  /** The password of the primary and its replicas. Default: none. */
  readonly redisPassword?: string;
  /** The password of the sentinels. Default: none. */
  readonly password?: string;
  /** More lines of the sentinel's configuration. Default none. */
  readonly lines?: readonly string[];
}

/**
 * Milliseconds without a reply after which a sentinel considers the primary to be down: short for
 * tests, and longer than a busy machine keeps a process waiting.
 */
const DOWN_AFTER_MS = 1000;

const FAILOVER_TIMEOUT_MS = 4000;

/**
 * Starts a Redis Sentinel on a free port, in a temporary folder, and returns when it is ready.
 *
 * @throws {MissingProgramError} when there is no redis-server.
 * @throws {ServerStartError} when it does not start.
 */
export async function startSentinel(options: StartSentinelOptions): Promise<RedisServer> {
  const program = await findRedisServer();
  const folder = await temporaryFolder();
  const launch = async (port: number) => {
    // A sentinel keeps its state in its configuration, which a restart therefore replaces.
    await writeFile(folder.file('sentinel.conf'), configuration(port, options));
    return startServerProcess({
      name: 'redis-server',
      program,
      args: [folder.file('sentinel.conf'), '--sentinel'],
      cwd: folder.path,
      env: {},
      isReady: async (pid) => (await redisProcessId(port, options.password)) === pid,
    });
  };
  return startRedisServer(launch, folder.remove);
}

function configuration(
  port: number,
  { name, primaryPort, quorum, redisPassword, password, lines = [] }: StartSentinelOptions,
): string {
  const passwords = [
    ...(redisPassword === undefined ? [] : [`sentinel auth-pass ${name} ${redisPassword}`]),
    ...(password === undefined
      ? []
      : [`requirepass ${password}`, `sentinel sentinel-pass ${password}`]),
  ];
  return [
    `port ${port}`,
    'bind 127.0.0.1',
    `sentinel monitor ${name} 127.0.0.1 ${primaryPort} ${quorum}`,
    `sentinel down-after-milliseconds ${name} ${DOWN_AFTER_MS}`,
    `sentinel failover-timeout ${name} ${FAILOVER_TIMEOUT_MS}`,
    ...passwords,
    ...lines,
    '',
  ].join('\n');
}
