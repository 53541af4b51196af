/** What a test may need that is not on every machine, and that TEST_SKIP can leave out. */
export const skippableNeeds = ['redis', 'browser', 'sqlite3', 'nginx'] as const;

/** One of the needs that TEST_SKIP can leave out. */
export type SkippableNeed = (typeof skippableNeeds)[number];

/** What the tests take from the environment; nothing else in this package reads it. */
export interface TestEnvironment {
  /** TEST_SKIP: a list such as `redis,browser` of what tests may not use. Default empty. */
  readonly skipped: ReadonlySet<SkippableNeed>;
  /** REDIS_URL: a server for the tests that can share one, instead of one started for them. */
  readonly redisUrl: string | undefined;
  /** REDIS_SERVER_PATH: the redis-server to start. Default: the first on the PATH. */
  readonly redisServerPath: string | undefined;
  /** SQLITE3_PATH: SQLite's command-line program. Default: the first sqlite3 on the PATH. */
  readonly sqlite3Path: string | undefined;
  /** NGINX_PATH: the nginx to start. Default: the first on the PATH, /usr/sbin included. */
  readonly nginxPath: string | undefined;
  /** CHROMIUM_PATH or CHROME_PATH: the browser to start. Default: the first that is found. */
  readonly chromiumPath: string | undefined;
  /** PATH: where programs are looked for. */
  readonly path: string;
  /** ProgramFiles, ProgramFiles(x86), LOCALAPPDATA: where Windows keeps programs, if it is one. */
  readonly programFolders: readonly string[];
  /** What a child process needs in order to run at all, without any of our own settings. */
  readonly system: NodeJS.ProcessEnv;
}

/**
 * Reads the environment.
 *
 * @throws Error when TEST_SKIP has a word that means nothing.
 */
export function testEnvironment(env: NodeJS.ProcessEnv = process.env): TestEnvironment {
  return {
    skipped: skippedNeeds(env['TEST_SKIP']),
    redisUrl: nonEmpty(env['REDIS_URL']),
    redisServerPath: nonEmpty(env['REDIS_SERVER_PATH']),
    sqlite3Path: nonEmpty(env['SQLITE3_PATH']),
    nginxPath: nonEmpty(env['NGINX_PATH']),
    chromiumPath: nonEmpty(env['CHROMIUM_PATH']) ?? nonEmpty(env['CHROME_PATH']),
    path: env['PATH'] ?? '',
    programFolders: Object.values(only(env, programFolderVariables)),
    system: only(env, systemVariables),
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
    throw new Error(`TEST_SKIP may name ${skippableNeeds.join(', ')}; it names ${word}`);
  }
  return need;
}

/** An empty variable means the same as none: that is how shells and compose files unset one. */
function nonEmpty(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function only(env: NodeJS.ProcessEnv, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
