import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { testEnvironment } from '../environment.js';
import { findProgram, firstExecutable } from './find-program.js';
import { MissingProgramError } from './missing-program-error.js';

/**
 * Returns the path of redis-server: the value of REDIS_SERVER_PATH, else the first on the PATH.
 *
 * @throws {MissingProgramError} when there is none; the `provision` task can install it.
 */
export async function findRedisServer(): Promise<string> {
  // Debian's package redis-tools contains the complete server as redis-check-rdb, without the
  // system service that the package redis-server brings. Called as redis-server, it is the server.
  const names = ['redis-server', 'redis-check-rdb'];
  const found = testEnvironment().redisServerPath ?? (await findProgram(names));
  if (found === undefined) {
    throw new MissingProgramError('redis-server', {
      debian: 'apt-get install redis-server',
      macos: 'brew install redis',
      setting: 'REDIS_SERVER_PATH',
      need: 'redis',
    });
  }
  return found;
}

/**
 * Returns the path of SQLite's command-line program: the value of SQLITE3_PATH, else the first
 * sqlite3 on the PATH.
 *
 * @throws {MissingProgramError} when there is none; the `provision` task can install it.
 */
export async function findSqlite3(): Promise<string> {
  const found = testEnvironment().sqlite3Path ?? (await findProgram(['sqlite3']));
  if (found === undefined) {
    throw new MissingProgramError('sqlite3', {
      debian: 'apt-get install sqlite3',
      macos: 'brew install sqlite',
      setting: 'SQLITE3_PATH',
      need: 'sqlite3',
    });
  }
  return found;
}

/**
 * Returns the path of nginx: the value of NGINX_PATH, else the first on the PATH, else Debian's,
 * whose folder is on the PATH of root only.
 *
 * @throws {MissingProgramError} when there is none; the `provision` task can install it.
 */
export async function findNginx(): Promise<string> {
  const found =
    testEnvironment().nginxPath ??
    (await findProgram(['nginx'])) ??
    (await firstExecutable(['/usr/sbin/nginx']));
  if (found === undefined) {
    throw new MissingProgramError('nginx', {
      debian: 'apt-get install nginx',
      macos: 'brew install nginx',
      setting: 'NGINX_PATH',
      need: 'nginx',
    });
  }
  return found;
}

/**
 * Returns the path of PostgreSQL's server: the value of POSTGRES_PATH, else the first on the PATH,
 * else the newest in Debian's folder, which is not on the PATH.
 *
 * @throws {MissingProgramError} when there is none; the `provision` task can install it.
 */
export async function findPostgres(): Promise<string> {
  const found =
    testEnvironment().postgresPath ??
    (await findProgram(['postgres'])) ??
    (await firstExecutable(await debianPostgres()));
  if (found === undefined) {
    throw new MissingProgramError('PostgreSQL', {
      debian: 'apt-get install postgresql',
      macos: 'brew install postgresql',
      setting: 'POSTGRES_PATH',
      need: 'postgres',
    });
  }
  return found;
}

const POSTGRES_FOLDER = '/usr/lib/postgresql';

async function debianPostgres(): Promise<string[]> {
  const versions = await readdir(POSTGRES_FOLDER).catch(() => []);
  return versions
    .sort((one, other) => Number(other) - Number(one))
    .map((version) => join(POSTGRES_FOLDER, version, 'bin', 'postgres'));
}

/**
 * Returns the path of PgBouncer: the value of PGBOUNCER_PATH, else the first on the PATH, else
 * Debian's, whose folder is on the PATH of root only.
 *
 * @throws {MissingProgramError} when there is none; the `provision` task can install it.
 */
export async function findPgbouncer(): Promise<string> {
  const found =
    testEnvironment().pgbouncerPath ??
    (await findProgram(['pgbouncer'])) ??
    (await firstExecutable(['/usr/sbin/pgbouncer']));
  if (found === undefined) {
    throw new MissingProgramError('PgBouncer', {
      debian: 'apt-get install pgbouncer',
      macos: 'brew install pgbouncer',
      setting: 'PGBOUNCER_PATH',
      need: 'postgres',
    });
  }
  return found;
}

/**
 * Returns the path of a browser of the Chromium family: the value of CHROMIUM_PATH or CHROME_PATH,
 * else the first on the PATH, else the first in its usual folder on macOS or Windows.
 *
 * @throws {MissingProgramError} when there is none; the `provision` task can install it.
 */
export async function findChromium(): Promise<string> {
  const { chromiumPath, programFolders } = testEnvironment();
  const found =
    chromiumPath ??
    (await findProgram(chromiumNames)) ??
    (await firstExecutable([...macosBrowsers, ...windowsBrowsers(programFolders)]));
  if (found === undefined) {
    throw new MissingProgramError('Chromium', {
      debian: 'apt-get install chromium',
      macos: 'brew install --cask chromium',
      setting: 'CHROMIUM_PATH',
      need: 'browser',
    });
  }
  return found;
}

const chromiumNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];

const macosBrowsers = ['Chromium', 'Google Chrome', 'Microsoft Edge'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);

function windowsBrowsers(programFolders: readonly string[]): string[] {
  return programFolders.flatMap((folder) => [
    join(folder, 'Chromium', 'Application', 'chrome.exe'),
    join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
    join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
  ]);
}
