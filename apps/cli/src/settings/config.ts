/** The settings of the command in the environment. */
export interface Config {
  /**
   * CATALOG_URL: the service's base URL. `--base-url` overrides it. Default http://localhost:8080.
   */
  readonly baseUrl: string;
  /**
   * CATALOG_HEADERS: headers of every request, `Name: value`, one per line. `--header` overrides
   * them. Default none.
   */
  readonly headers: string;
}

/** Reads the environment; an empty variable counts as unset. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  return {
    baseUrl: environment['CATALOG_URL'] || 'http://localhost:8080',
    headers: environment['CATALOG_HEADERS'] ?? '',
  };
}
