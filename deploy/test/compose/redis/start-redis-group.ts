import { freePort, type ServerProcess, temporaryFolder } from '@product-api/testing';
import { composeServices } from '../compose-file.ts';
import { startRedisService } from './start-redis-service.ts';

/** A Redis server or a sentinel, on a port of 127.0.0.1. */
export interface RedisNode {
  readonly port: number;
  readonly process: ServerProcess;
}

/** The passwords of the users `catalog` and `replication`. */
export interface GroupPasswords {
  readonly catalog: string;
  readonly replication: string;
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
 * Starts them with the commands of docker-compose.yml and the scripts that it mounts. Only the host
 * names, ports and folders of the containers are replaced.
 */
export async function startRedisGroup(passwords: GroupPasswords): Promise<RedisGroup> {
  const folder = await temporaryFolder();
  const services = composeServices('scale');
  const primaryPort = await freePort();
  const env = {
    CATALOG_PASSWORD: passwords.catalog,
    REPLICATION_PASSWORD: passwords.replication,
  };

  async function start(name: string, port: number): Promise<RedisNode> {
    const isSentinel = name.startsWith('sentinel');
    const process = await startRedisService(services[name] ?? {}, {
      port,
      root: folder.file(name),
      env,
      ...(isSentinel && { password: passwords.replication }),
      adapt: (text) =>
        text
          .replaceAll('redis-primary 6379', `127.0.0.1 ${primaryPort}`)
          .replaceAll(/redis-(primary|replica)/g, '127.0.0.1')
          .replaceAll('26379', String(port)),
    });
    return { port, process };
  }

  const primary = await start('redis-primary', primaryPort);
  const replica = await start('redis-replica', await freePort());
  const names = ['sentinel-1', 'sentinel-2', 'sentinel-3'] as const;
  const sentinels: RedisNode[] = [];
  for (const name of names) {
    sentinels.push(await start(name, await freePort()));
  }
  return {
    primary,
    replica,
    sentinels,
    async restartSentinel(index) {
      const [name, sentinel] = [names[index], sentinels[index]];
      if (name === undefined || sentinel === undefined) {
        throw new RangeError(`There is no sentinel ${index}`);
      }
      await end(sentinel);
      sentinels[index] = await start(name, sentinel.port);
    },
    async stop() {
      await Promise.all([primary, replica, ...sentinels].map(end));
      await folder.remove();
    },
  };
}

async function end({ process }: RedisNode): Promise<void> {
  process.signal('SIGTERM');
  await process.exit;
}
