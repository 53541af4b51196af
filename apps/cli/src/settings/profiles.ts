import { UsageError } from '../errors.js';

/** A service, and the key for it. The key is never sent to another service. */
export interface Profile {
  readonly baseUrl: string;
  readonly apiKey: string;
}

/** The profiles of the user. */
export interface Profiles {
  /** The name of the profile that is used unless another one is named. */
  readonly current: string | undefined;
  readonly byName: ReadonlyMap<string, Profile>;
}

/** The name of the first profile, unless the user chooses one. */
export const FIRST_PROFILE = 'default';

/** The profiles of a user without a file. */
export const noProfiles: Profiles = { current: undefined, byName: new Map() };

/**
 * Parses the name of a profile.
 *
 * @throws {UsageError} when it is not a word
 */
export function profileName(text: string): string {
  if (!/^[a-z\d][\w.-]{0,63}$/i.test(text)) {
    throw new UsageError('A profile’s name must have 1 to 64 letters, digits, dots, _ or -');
  }
  return text;
}

/**
 * Returns the profile with a name.
 *
 * @throws {UsageError} when there is none
 */
export function findProfile({ byName }: Profiles, name: string): Profile {
  const profile = byName.get(name);
  if (profile === undefined) {
    const others = byName.size === 0 ? '' : ` Profiles: ${[...byName.keys()].join(', ')}.`;
    throw new UsageError(
      `There is no profile ${name}.${others} Add it: catalog login --profile ${name}`,
    );
  }
  return profile;
}

/** Adds a profile, or replaces it. The first one becomes the current one. */
export function withProfile(profiles: Profiles, name: string, profile: Profile): Profiles {
  const byName = new Map(profiles.byName).set(name, profile);
  return { current: profiles.current ?? name, byName };
}

/** Removes a profile. */
export function withoutProfile({ current, byName }: Profiles, name: string): Profiles {
  const others = new Map(byName);
  others.delete(name);
  return { current: current === name ? undefined : current, byName: others };
}

/** Returns whether two base URLs are of one service. */
export function isSameService(one: string, other: string): boolean {
  return canonical(one) === canonical(other);
}

function canonical(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).href.replace(/\/+$/, '') : baseUrl;
}
