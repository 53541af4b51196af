import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import { promisify } from 'node:util';
import { findPostgres, findRedisServer } from '@product-api/testing';

/** The machine and the versions that results were measured with. */
export interface Environment {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGib: number;
  /** The processes that wanted a core before the measurement, over a minute; idle is 0. */
  readonly loadAverage?: number;
  readonly system: string;
  readonly node: string;
  readonly redis: string;
  /** Undefined if it is not installed. */
  readonly postgres?: string | undefined;
  /** The installed versions of the measured packages, by name. */
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * Describes this machine, its Redis and the installed packages with these names.
 *
 * @throws {MissingProgramError} when there is no redis-server
 */
export async function describeEnvironment(packages: Iterable<string>): Promise<Environment> {
  const names = [...new Set(packages)].sort();
  const versions = await Promise.all(names.map(async (name) => [name, await installed(name)]));
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    loadAverage: loadavg()[0] ?? 0,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
    node: process.versions.node,
    redis: await redisVersion(),
    postgres: await postgresVersion(),
    versions: Object.fromEntries(versions),
  };
}

async function installed(name: string): Promise<string> {
  const manifest = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  const { version } = JSON.parse(await readFile(manifest, 'utf8'));
  return String(version);
}

async function redisVersion(): Promise<string> {
  const { stdout } = await promisify(execFile)(await findRedisServer(), ['--version']);
  return /(?:v=|redis-check-rdb )(\S+)/.exec(stdout)?.[1] ?? 'unknown';
}

async function postgresVersion(): Promise<string | undefined> {
  const program = await findPostgres().catch(() => undefined);
  if (program === undefined) {
    return undefined;
  }
  const { stdout } = await promisify(execFile)(program, ['--version']);
  return /\d\S*/.exec(stdout)?.[0];
}
