import type { CliContext } from '../cli-context.js';
import { checkedApiKey, readApiKey } from './api-key.js';
import { checkedBaseUrl } from './base-url.js';
import type { Config } from './config.js';
import { type Header, hasAuthorization, requestHeaders } from './headers.js';
import { findProfile, isSameService, type Profile } from './profiles.js';
import { readProfiles } from './profiles-file.js';

const DEFAULT_BASE_URL = 'http://localhost:8080';

/** The options that choose the service and the key. */
export interface ServiceOptions {
  readonly baseUrl?: string | undefined;
  readonly profile?: string | undefined;
  /** The path of a file with the key, or `-` for standard input. */
  readonly apiKeyFile?: string | undefined;
  readonly header?: readonly Header[] | undefined;
}

/** What `findService` uses of the context. */
export type ServiceContext = Pick<CliContext, 'config' | 'stdin' | 'signal'>;

/** The service of a command, and the key for it. */
export interface Service {
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  /** Where the key comes from, or why there is none; for people. */
  readonly keySource: string;
}

/**
 * Returns the service and its key. Options win over the environment, and that wins over the
 * current profile; a profile that an option names counts as an option. The key of a profile is
 * used only for the profile's own base URL. An `Authorization` header replaces every key.
 *
 * @throws {UsageError} when the profile does not exist, or a setting is not valid
 */
export async function findService(
  options: ServiceOptions,
  context: ServiceContext,
): Promise<Service> {
  const { config } = context;
  const profiles = await readProfiles(config.profilesFile);
  const named = options.profile ?? config.profile;
  const name = named ?? profiles.current;
  const profile = name === undefined ? undefined : findProfile(profiles, name);
  const baseUrl = chooseBaseUrl(options, config, profile);
  return { baseUrl, ...(await chooseKey(options, context, { name, profile, baseUrl })) };
}

/**
 * Returns the base URL that options, environment and profile choose, in this order.
 *
 * @throws {UsageError} when it is not a base URL
 */
export function chooseBaseUrl(
  options: ServiceOptions,
  config: Config,
  profile: Profile | undefined,
): string {
  const ofOptions =
    options.baseUrl ?? (options.profile === undefined ? undefined : profile?.baseUrl);
  return checkedBaseUrl(ofOptions ?? config.baseUrl ?? profile?.baseUrl ?? DEFAULT_BASE_URL);
}

interface ProfileOfService {
  readonly name: string | undefined;
  readonly profile: Profile | undefined;
  /** The base URL of the service. */
  readonly baseUrl: string;
}

async function chooseKey(
  { apiKeyFile, profile: ofOptions, header = [] }: ServiceOptions,
  context: ServiceContext,
  { name, profile, baseUrl }: ProfileOfService,
): Promise<Omit<Service, 'baseUrl'>> {
  if (hasAuthorization(requestHeaders(context.config.headers, header))) {
    return { apiKey: undefined, keySource: 'the Authorization header' };
  }
  if (apiKeyFile !== undefined) {
    const apiKey = await readApiKey({ ...context, path: apiKeyFile });
    return { apiKey, keySource: '--api-key-file' };
  }
  const isProfilesService = profile !== undefined && isSameService(profile.baseUrl, baseUrl);
  const { apiKey: ofEnvironment } = context.config;
  if (ofEnvironment !== undefined && !(isProfilesService && ofOptions !== undefined)) {
    const apiKey = checkedApiKey(ofEnvironment, 'CATALOG_API_KEY');
    return { apiKey, keySource: 'CATALOG_API_KEY' };
  }
  if (isProfilesService) {
    return { apiKey: profile.apiKey, keySource: `profile ${name}` };
  }
  const keySource = profile ? `none (profile ${name} is for ${profile.baseUrl})` : 'none';
  return { apiKey: undefined, keySource };
}
