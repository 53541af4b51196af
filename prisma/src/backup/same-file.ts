import { statSync } from 'node:fs';

/** Returns whether two paths lead to one file; false where there is no file at one of them. */
export function isSameFile(one: string, other: string): boolean {
  const [first, second] = [one, other].map((path) =>
    statSync(path, { bigint: true, throwIfNoEntry: false }),
  );
  return first !== undefined && first.ino === second?.ino && first.dev === second.dev;
}
