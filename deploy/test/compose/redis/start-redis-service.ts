import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { findRedisServer, type ServerProcess, startServerProcess } from '@product-api/testing';
import { Redis } from 'ioredis';
import { repositoryFile } from '../../repository-file.ts';
import type { ComposeService } from '../compose-file.ts';

/** How a container of Redis or of a sentinel runs on this machine. */
export interface RedisServiceOptions {
  /** A port of 127.0.0.1. */
  readonly port: number;
  /** Takes the place of the root folder of the container; a new one is created. */
  readonly root: string;
  /** The values of the service's variables. */
  readonly env: Readonly<Record<string, string>>;
  /** The password of the user `default`, which says when the server is ready. Default: none. */
  readonly password?: string;
  /** Replaces what only a container has in scripts and arguments. Default: changes nothing. */
  readonly adapt?: (text: string) => string;
}

/**
 * Runs the command of a service of docker-compose.yml, a shell script, with the files that it
 * mounts, and returns when the server is ready.
 *
 * @throws {ServerStartError} when the server does not start
 * @throws {MissingProgramError} when there is no redis-server
 */
export async function startRedisService(
  service: ComposeService,
  { port, root, env, password, adapt = (text) => text }: RedisServiceOptions,
): Promise<ServerProcess> {
  await Promise.all(
    ['bin', 'data', 'tmp'].map((name) => mkdir(join(root, name), { recursive: true })),
  );
  await linkRedisServer(join(root, 'bin', 'redis-server'));
  const mounted = filesOf(service);
  // The folders and files of the container, at the beginning of a path.
  const paths = new RegExp(
    `(?<![\\w/.])/(?=(tmp|data|${mounted.map((f) => basename(f)).join('|')})\\b)`,
    'g',
  );
  const onThisMachine = (text: string) => adapt(text).replaceAll(paths, `${root}/`);
  for (const file of mounted) {
    await writeFile(join(root, basename(file)), onThisMachine(repositoryFile(file)));
  }
  const command = commandOf(service).map(onThisMachine);
  return startServerProcess({
    name: 'sh',
    program: 'sh',
    args: [...command.slice(1), '--port', String(port), '--dir', join(root, 'data')],
    cwd: root,
    env: { PATH: `${join(root, 'bin')}:/usr/bin:/bin`, ...env },
    isReady: () => isReady(port, password),
  });
}

/** The program may have another name, and behaves as the name says by which it is called. */
async function linkRedisServer(path: string): Promise<void> {
  await rm(path, { force: true });
  await symlink(await findRedisServer(), path);
}

/** Returns the files of the repository that a service mounts in its root folder. */
function filesOf({ volumes = [] }: ComposeService): string[] {
  return volumes
    .map((volume) => volume.split(':')[0] ?? '')
    .filter((source) => source.startsWith('./'));
}

function commandOf({ command }: ComposeService): readonly string[] {
  if (command === undefined || typeof command === 'string') {
    throw new TypeError('Expected the command to be a list');
  }
  return command;
}

async function isReady(port: number, password?: string): Promise<boolean> {
  const client = new Redis(port, {
    ...(password !== undefined && { password }),
    lazyConnect: true,
    enableReadyCheck: false,
    retryStrategy: () => null,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } finally {
    client.disconnect();
  }
}
