/** What the command takes from the environment. */
export interface Config {
  /** CATALOG_URL: the service's address unless `--base-url` says another. Default http://localhost:8080. */
  readonly baseUrl: string;
}

/** Reads the environment; an empty variable means the same as none. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  return { baseUrl: environment['CATALOG_URL'] || 'http://localhost:8080' };
}
