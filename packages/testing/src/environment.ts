/** The programs that only some tests need; TEST_SKIP can skip these tests. */
export const skippableNeeds = [
  'redis',
  'browser',
  'sqlite3',
  'nginx',
  'postgres',
  'wrk',
  'shells',
] as const;

/** One of the programs whose tests TEST_SKIP can skip. */
export type SkippableNeed = (typeof skippableNeeds)[number];

/** The environment variables of the tests; no other file of this package reads them. */
export interface TestEnvironment {
  /**
   * TEST_SKIP: a list such as `redis,browser` of programs whose tests are skipped. Default empty.
   */
  readonly skipped: ReadonlySet<SkippableNeed>;
  /** REDIS_URL: a server for tests that can share one. Default: such tests start their own. */
  readonly redisUrl: string | undefined;
  /** REDIS_SERVER_PATH: the path of redis-server. Default: the first on the PATH. */
  readonly redisServerPath: string | undefined;
  /** SQLITE3_PATH: the path of SQLite's command-line program. Default: the first on the PATH. */
  readonly sqlite3Path: string | undefined;
  /** NGINX_PATH: the path of nginx. Default: the first on the PATH or in /usr/sbin. */
  readonly nginxPath: string | undefined;
  /** TEST_POSTGRES_URL: a database of a server for tests. Default: the tests start a server. */
  readonly postgresUrl: string | undefined;
  /**
   * POSTGRES_PATH: the path of the server's program, with initdb beside it. Default: the first on
   * the PATH, else the newest in Debian's folder.
   */
  readonly postgresPath: string | undefined;
  /** PGBOUNCER_PATH: the path of PgBouncer. Default: the first on the PATH or in /usr/sbin. */
  readonly pgbouncerPath: string | undefined;
  /** WRK_PATH: the path of wrk, the load generator. Default: the first on the PATH. */
  readonly wrkPath: string | undefined;
  /** ZSH_PATH: the path of zsh. Default: the first on the PATH. */
  readonly zshPath: string | undefined;
  /** FISH_PATH: the path of fish. Default: the first on the PATH. */
  readonly fishPath: string | undefined;
  /** CHROMIUM_PATH or CHROME_PATH: the path of the browser. Default: the first that is found. */
  readonly chromiumPath: string | undefined;
  /** PATH: the folders in which programs are searched. */
  readonly path: string;
  /** ProgramFiles, ProgramFiles(x86), LOCALAPPDATA: the folders of programs on Windows. */
  readonly programFolders: readonly string[];
  /** The variables that every child process needs, without the settings of the service. */
  readonly system: NodeJS.ProcessEnv;
}

/**
 * Reads the environment.
 *
 * @throws {Error} when TEST_SKIP contains an unknown word.
 */
export function testEnvironment(env: NodeJS.ProcessEnv = process.env): TestEnvironment {
  return {
    skipped: skippedNeeds(env['TEST_SKIP']),
    redisUrl: nonEmpty(env['REDIS_URL']),
    redisServerPath: nonEmpty(env['REDIS_SERVER_PATH']),
    sqlite3Path: nonEmpty(env['SQLITE3_PATH']),
    nginxPath: nonEmpty(env['NGINX_PATH']),
    postgresUrl: nonEmpty(env['TEST_POSTGRES_URL']),
    postgresPath: nonEmpty(env['POSTGRES_PATH']),
    pgbouncerPath: nonEmpty(env['PGBOUNCER_PATH']),
    wrkPath: nonEmpty(env['WRK_PATH']),
    zshPath: nonEmpty(env['ZSH_PATH']),
    fishPath: nonEmpty(env['FISH_PATH']),
    chromiumPath: nonEmpty(env['CHROMIUM_PATH']) ?? nonEmpty(env['CHROME_PATH']),
    path: env['PATH'] ?? '',
    programFolders: Object.values(pick(env, programFolderVariables)),
    system: pick(env, systemVariables),
  };
}

const programFolderVariables = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'];
const systemVariables = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'USERPROFILE'];

function skippedNeeds(list: string | undefined): Set<SkippableNeed> {
  const words = (list ?? '').split(',').map((word) => word.trim());
  return new Set(words.filter((word) => word !== '').map(skippableNeed));
}

function skippableNeed(word: string): SkippableNeed {
  const need = skippableNeeds.find((known) => known === word);
  if (need === undefined) {
    throw new Error(`TEST_SKIP must be a list of ${skippableNeeds.join(', ')}: ${word}`);
  }
  return need;
}

/** Shells and compose files unset a variable by giving it an empty value. */
function nonEmpty(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function pick(env: NodeJS.ProcessEnv, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
