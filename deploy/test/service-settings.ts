import { repositoryFile } from './repository-file.ts';

/**
 * The settings of the service and their defaults, from .env.example. The tests of the service check
 * that this file lists all of them, and beside them only the command's `CATALOG_…`.
 */
export const serviceSettings: ReadonlyMap<string, string> = new Map(
  Array.from(
    repositoryFile('.env.example').matchAll(/^(?:# )?(?!CATALOG_)([A-Z][A-Z_]+)=(.*)$/gm),
    ([, name = '', value = '']) => [name, value],
  ),
);

/** Returns the names that are not settings of the service. */
export function unknownSettings(names: Iterable<string>): string[] {
  return [...names].filter((name) => !serviceSettings.has(name));
}

/**
 * Returns the longest time in milliseconds between SIGTERM and the end of the last request.
 *
 * @param settings override the defaults; an empty one does not
 */
export function longestDrainMs(settings: Readonly<Record<string, string>>): number {
  const names = ['SHUTDOWN_DELAY_MS', 'SHUTDOWN_TIMEOUT_MS'];
  const values = names.map((name) => Number(settings[name] || serviceSettings.get(name)));
  return values.reduce((sum, value) => sum + value, 0);
}
