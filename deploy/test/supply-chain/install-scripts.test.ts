import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { repositoryFile, repositoryPath } from '../repository-file.ts';

interface Workspace {
  readonly strictDepBuilds: boolean;
  /** Whether a package may run scripts at its installation. */
  readonly allowBuilds: Readonly<Record<string, boolean>>;
}

/** What npm and pnpm run when they install a package. */
const installScripts = ['preinstall', 'install', 'postinstall'];

const workspace: Workspace = parse(repositoryFile('pnpm-workspace.yaml'));

test('only pnpm itself may run a script at its installation', () => {
  const { allowBuilds } = workspace;
  expect(Object.keys(allowBuilds).filter((name) => allowBuilds[name])).toEqual(['pnpm']);
  expect(workspace.strictDepBuilds).toBe(true);
});

test('each installed package with such a script is known', () => {
  const withScripts = installedPackages().filter(hasInstallScript);
  const names = new Set(withScripts.map(({ name }) => name));
  expect([...names]).toContain('esbuild');
  expect([...names].filter((name) => workspace.allowBuilds[name] === undefined)).toEqual([]);
});

interface InstalledPackage {
  readonly name: string;
  readonly folder: string;
}

/** Returns every package that pnpm has unpacked. Links to them are left out. */
function installedPackages(): InstalledPackage[] {
  const store = repositoryPath('node_modules/.pnpm');
  return foldersIn(store)
    .map((entry) => join(store, entry, 'node_modules'))
    .filter((parent) => existsSync(parent))
    .flatMap((parent) =>
      foldersIn(parent)
        .flatMap((entry) =>
          entry.startsWith('@')
            ? foldersIn(join(parent, entry)).map((name) => `${entry}/${name}`)
            : [entry],
        )
        .map((name) => ({ name, folder: join(parent, name) })),
    );
}

function foldersIn(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

function hasInstallScript({ folder }: InstalledPackage): boolean {
  const manifest = join(folder, 'package.json');
  const { scripts = {} } = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {};
  // A package with this file is compiled at its installation.
  return existsSync(join(folder, 'binding.gyp')) || installScripts.some((name) => name in scripts);
}
