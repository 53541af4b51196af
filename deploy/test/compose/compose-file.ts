import { parse } from 'yaml';
import { repositoryFile } from '../repository-file.ts';

/** What the tests read of a service of docker-compose.yml. */
export interface ComposeService {
  readonly build?: string;
  readonly profiles?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly healthcheck?: object;
  readonly stop_grace_period?: string;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly image?: string;
  readonly mem_limit?: string;
  readonly cpus?: number | string;
  readonly pids_limit?: number;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly networks?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly command?: string | readonly string[];
}

/** Returns the content of docker-compose.yml, with its merged mappings. */
export function parseComposeFile() {
  // Each container takes fields from several mappings, and those from others.
  return parse(repositoryFile('docker-compose.yml'), { merge: true, maxAliasCount: -1 });
}

/** Returns the services that a profile starts, or without one, those that always start. */
export function composeServices(profile?: string): Record<string, ComposeService> {
  const services: Record<string, ComposeService> = parseComposeFile().services;
  return Object.fromEntries(
    Object.entries(services).filter(([, { profiles = [] }]) =>
      profile === undefined ? profiles.length === 0 : profiles.includes(profile),
    ),
  );
}
