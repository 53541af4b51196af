import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Returns the path of a file of the repository. */
export function repositoryPath(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

/** Returns the text of a file of the repository. */
export function repositoryFile(path: string): string {
  return readFileSync(repositoryPath(path), 'utf8');
}
