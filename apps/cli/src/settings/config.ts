import { homedir } from 'node:os';
import { join } from 'node:path';

/** The settings of the command in the environment. */
export interface Config {
  /** CATALOG_URL: the service's base URL. Default: the profile's, or http://localhost:8080. */
  readonly baseUrl: string | undefined;
  /** CATALOG_API_KEY: the key of every request. Default: the profile's. */
  readonly apiKey: string | undefined;
  /** CATALOG_PROFILE: the name of a profile. Default: the one that `profiles use` has chosen. */
  readonly profile: string | undefined;
  /**
   * CATALOG_HEADERS: headers of every request, `Name: value`, one per line. `--header` overrides
   * them. Default none.
   */
  readonly headers: string;
  /**
   * CATALOG_FORWARD_HEADERS: headers of the requests of `changes follow --forward-to`, one per
   * line. Default none.
   */
  readonly forwardHeaders: string;
  /**
   * The file with the profiles, in the folder of the user's settings: XDG_CONFIG_HOME, or APPDATA
   * (on Windows), or else ~/.config.
   */
  readonly profilesFile: string;
}

/** Reads the environment; an empty variable counts as unset. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const folder =
    environment['XDG_CONFIG_HOME'] || environment['APPDATA'] || join(homedir(), '.config');
  return {
    baseUrl: environment['CATALOG_URL'] || undefined,
    apiKey: environment['CATALOG_API_KEY'] || undefined,
    profile: environment['CATALOG_PROFILE'] || undefined,
    headers: environment['CATALOG_HEADERS'] ?? '',
    forwardHeaders: environment['CATALOG_FORWARD_HEADERS'] ?? '',
    profilesFile: join(folder, 'catalog', 'profiles.json'),
  };
}
