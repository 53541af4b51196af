import { writeFile } from 'node:fs/promises';
import {
  findRedisServer,
  freePort,
  type ServerProcess,
  startServerProcess,
  type TemporaryFolder,
  temporaryFolder,
} from '@product-api/testing';
import { Redis } from 'ioredis';
import { repositoryFile } from '../repository-file.ts';
import { composeServices } from './compose-file.ts';

/** A Redis server or a sentinel, on a port of 127.0.0.1. */
export interface RedisNode {
  readonly port: number;
  readonly process: ServerProcess;
}

/** The Redis servers and the sentinels of the profile `scale`, on 127.0.0.1. */
export interface RedisGroup {
  readonly primary: RedisNode;
  readonly replica: RedisNode;
  readonly sentinels: readonly RedisNode[];
  /** Ends a sentinel, and starts it again with the same data. */
  restartSentinel(index: number): Promise<void>;
  /** Ends all processes, and deletes their files. */
  stop(): Promise<void>;
}

/**
 * Starts them with the commands of docker-compose.yml and with deploy/compose/sentinel.sh. Only the
 * host names, ports and folders of the containers are replaced.
 */
export async function startRedisGroup(password: string): Promise<RedisGroup> {
  const folder = await temporaryFolder();
  const primaryPort = await freePort();
  const program = await findRedisServer();
  const start = { folder, password, program, primaryPort };
  const primary = await startServer('redis-primary', primaryPort, start);
  const replica = await startServer('redis-replica', await freePort(), start);
  const sentinels: RedisNode[] = [];
  for (let count = 0; count < 3; count++) {
    sentinels.push(await startSentinel(await freePort(), start));
  }
  return {
    primary,
    replica,
    sentinels,
    async restartSentinel(index) {
      const sentinel = sentinels[index];
      if (sentinel === undefined) {
        throw new RangeError(`There is no sentinel ${index}`);
      }
      await end(sentinel);
      sentinels[index] = await startSentinel(sentinel.port, start);
    },
    async stop() {
      await Promise.all([primary, replica, ...sentinels].map(end));
      await folder.remove();
    },
  };
}

interface StartOptions {
  readonly folder: TemporaryFolder;
  readonly password: string;
  /** The path of redis-server. */
  readonly program: string;
  readonly primaryPort: number;
}

function startServer(name: string, port: number, options: StartOptions): Promise<RedisNode> {
  const command = onLoopback(String(composeServices('scale')[name]?.command), options)
    .replaceAll(/\$\{SCALE_REDIS_PASSWORD:-\}/g, options.password)
    .trim();
  return runShell(`exec ${command} --port ${port} --dir ${options.folder.path}`, port, options);
}

async function startSentinel(port: number, options: StartOptions): Promise<RedisNode> {
  const { folder } = options;
  const file = folder.file(`sentinel-${port}.sh`);
  const script = onLoopback(repositoryFile('deploy/compose/sentinel.sh'), options)
    .replaceAll('26379', String(port))
    .replace('/data/sentinel.conf', folder.file(`sentinel-${port}.conf`))
    .replace('dir /data', `dir ${folder.path}`);
  await writeFile(file, script);
  return runShell(`exec sh ${file}`, port, options);
}

/** Replaces the host names of the containers, and the name of the program, in a command. */
function onLoopback(text: string, { program, primaryPort }: StartOptions): string {
  return text
    .replaceAll('redis-primary 6379', `127.0.0.1 ${primaryPort}`)
    .replaceAll(/redis-(primary|replica)/g, '127.0.0.1')
    .replaceAll('redis-server', program);
}

async function runShell(
  command: string,
  port: number,
  { folder, password }: StartOptions,
): Promise<RedisNode> {
  const process = await startServerProcess({
    name: 'redis-server',
    program: 'sh',
    args: ['-c', command],
    cwd: folder.path,
    env: { REDIS_PASSWORD: password },
    isReady: () => isReady(port, password),
  });
  return { port, process };
}

async function isReady(port: number, password: string): Promise<boolean> {
  const client = new Redis(port, { password, lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } finally {
    client.disconnect();
  }
}

async function end({ process }: RedisNode): Promise<void> {
  process.signal('SIGTERM');
  await process.exit;
}
