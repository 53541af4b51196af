import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { repositoryFile, repositoryPath } from './repository-file.ts';

test('docs/security.md names tests that exist', () => {
  const names = repositoryFile('docs/security.md').matchAll(/`([\w/-]+\.test\.ts)`/g);
  const files = Array.from(names, ([, name = '']) => name);
  expect(files.length).toBeGreaterThan(15);
  const missing = files.filter((name) =>
    [name, `apps/api/test/${name}`].every((path) => !existsSync(repositoryPath(path))),
  );
  expect(missing).toEqual([]);
});
