import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestEnvironment, testEnvironment } from '../environment.js';
import { findProgram, firstExecutable } from './find-program.js';
import { MissingProgramError, type Remedies } from './missing-program-error.js';

/** A program, and where it may be. */
interface Program extends Remedies {
  readonly title: string;
  /** The path in the environment, which goes before all others. */
  readonly pathIn: (environment: TestEnvironment) => string | undefined;
  /** Its names on the PATH, the preferred one first. */
  readonly names: readonly string[];
  /** Files that are not on the PATH, the preferred one first. */
  readonly others?: (environment: TestEnvironment) => Promise<string[]>;
}

/**
 * Creates a function that returns the path of a program: the one in the environment, else the first
 * on the PATH, else the first of the other files that exists.
 *
 * It throws a `MissingProgramError` when there is none; the `provision` task can install it.
 */
function finderOf({ title, pathIn, names, others, ...remedies }: Program): () => Promise<string> {
  return async () => {
    const environment = testEnvironment();
    const found =
      pathIn(environment) ??
      (await findProgram(names)) ??
      (await firstExecutable((await others?.(environment)) ?? []));
    if (found === undefined) {
      throw new MissingProgramError(title, remedies);
    }
    return found;
  };
}

/** Returns the path of redis-server. */
export const findRedisServer = finderOf({
  title: 'redis-server',
  pathIn: ({ redisServerPath }) => redisServerPath,
  // Debian's package redis-tools contains the complete server as redis-check-rdb, without the
  // system service that the package redis-server brings. Called as redis-server, it is the server.
  names: ['redis-server', 'redis-check-rdb'],
  debian: 'apt-get install redis-server',
  macos: 'brew install redis',
  setting: 'REDIS_SERVER_PATH',
  need: 'redis',
});

/** Returns the path of SQLite's command-line program. */
export const findSqlite3 = finderOf({
  title: 'sqlite3',
  pathIn: ({ sqlite3Path }) => sqlite3Path,
  names: ['sqlite3'],
  debian: 'apt-get install sqlite3',
  macos: 'brew install sqlite',
  setting: 'SQLITE3_PATH',
  need: 'sqlite3',
});

/** Returns the path of nginx. */
export const findNginx = finderOf({
  title: 'nginx',
  pathIn: ({ nginxPath }) => nginxPath,
  names: ['nginx'],
  // Debian's folder is on the PATH of root only.
  others: async () => ['/usr/sbin/nginx'],
  debian: 'apt-get install nginx',
  macos: 'brew install nginx',
  setting: 'NGINX_PATH',
  need: 'nginx',
});

const POSTGRES_FOLDER = '/usr/lib/postgresql';

/** Returns the path of PostgreSQL's server. */
export const findPostgres = finderOf({
  title: 'PostgreSQL',
  pathIn: ({ postgresPath }) => postgresPath,
  names: ['postgres'],
  // Debian's folders are not on the PATH; the newest version goes first.
  async others() {
    const versions = await readdir(POSTGRES_FOLDER).catch(() => []);
    return versions
      .sort((one, other) => Number(other) - Number(one))
      .map((version) => join(POSTGRES_FOLDER, version, 'bin', 'postgres'));
  },
  debian: 'apt-get install postgresql',
  macos: 'brew install postgresql',
  setting: 'POSTGRES_PATH',
  need: 'postgres',
});

/** Returns the path of PgBouncer. */
export const findPgbouncer = finderOf({
  title: 'PgBouncer',
  pathIn: ({ pgbouncerPath }) => pgbouncerPath,
  names: ['pgbouncer'],
  // Debian's folder is on the PATH of root only.
  others: async () => ['/usr/sbin/pgbouncer'],
  debian: 'apt-get install pgbouncer',
  macos: 'brew install pgbouncer',
  setting: 'PGBOUNCER_PATH',
  need: 'postgres',
});

/** Returns the path of zsh. */
export const findZsh = finderOf({
  title: 'zsh',
  pathIn: ({ zshPath }) => zshPath,
  names: ['zsh'],
  debian: 'apt-get install zsh',
  macos: 'brew install zsh',
  setting: 'ZSH_PATH',
  need: 'shells',
});

/** Returns the path of fish. */
export const findFish = finderOf({
  title: 'fish',
  pathIn: ({ fishPath }) => fishPath,
  names: ['fish'],
  debian: 'apt-get install fish',
  macos: 'brew install fish',
  setting: 'FISH_PATH',
  need: 'shells',
});

/** Returns the path of wrk, the load generator. */
export const findWrk = finderOf({
  title: 'wrk',
  pathIn: ({ wrkPath }) => wrkPath,
  names: ['wrk'],
  debian: 'apt-get install wrk',
  macos: 'brew install wrk',
  setting: 'WRK_PATH',
  need: 'wrk',
});

/** Returns the path of a browser of the Chromium family. */
export const findChromium = finderOf({
  title: 'Chromium',
  pathIn: ({ chromiumPath }) => chromiumPath,
  names: [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'chrome',
    'microsoft-edge',
  ],
  others: async ({ programFolders }) => [...macosBrowsers, ...windowsBrowsers(programFolders)],
  debian: 'apt-get install chromium',
  macos: 'brew install --cask chromium',
  setting: 'CHROMIUM_PATH',
  need: 'browser',
});

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
