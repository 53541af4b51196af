import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { repositoryFile } from '../repository-file.ts';

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly resolution: object }>>;
}

interface Workspace {
  readonly catalog: Readonly<Record<string, string>>;
  readonly catalogs: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const { packages }: Lockfile = parse(repositoryFile('pnpm-lock.yaml'));
const workspace: Workspace = parse(repositoryFile('pnpm-workspace.yaml'));

test('each package comes from the registry, and has a hash', () => {
  expect(Object.keys(packages).length).toBeGreaterThan(500);
  const others = Object.entries(packages).filter(([, { resolution }]) => {
    // A package of a Git repository, an address or a folder has other fields.
    const { integrity, ...elsewhere } = { integrity: '', ...resolution };
    return !integrity.startsWith('sha512-') || Object.keys(elsewhere).length > 0;
  });
  expect(others).toEqual([]);
});

test('each version in the catalogs is exact', () => {
  const catalogs = [workspace.catalog, ...Object.values(workspace.catalogs)];
  const versions = catalogs.flatMap((catalog) => Object.entries(catalog));
  expect(
    versions.filter(([, version]) => !/^(npm:.+@)?\d+\.\d+\.\d+(-\S+)?$/.test(version)),
  ).toEqual([]);
});
