import { readFile } from 'node:fs/promises';
import { temporaryFolder } from '@product-api/testing';
import { expect, onTestFinished, test } from 'vitest';
import { repositoryFile } from '../repository-file.ts';
import { runPnpm } from './run-pnpm.ts';

/** What the test reads of a CycloneDX document. */
interface Sbom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string }[];
}

interface Component {
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses?: readonly object[];
  readonly externalReferences?: readonly {
    readonly hashes?: readonly { readonly alg: string }[];
  }[];
}

test('npm run sbom lists each package of the service with its version and hash', async () => {
  const folder = await temporaryFolder();
  onTestFinished(() => folder.remove());
  const file = folder.file('sbom.json');
  await runPnpm([...sbomArguments(), '--out', file]);
  const sbom: Sbom = JSON.parse(await readFile(file, 'utf8'));
  expect(sbom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });

  const own = ({ group }: Component) => group === '@product-api';
  expect(sbom.components.filter(own).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['cache', 'contract', 'database']),
  );
  const others = sbom.components.filter((component) => !own(component));
  const names = others.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['express', 'ioredis', 'libsql', 'pg', 'zod']));
  expect(names).not.toContain('vitest');
  expect(others.filter((component) => !hasHash(component))).toEqual([]);
  const refs = new Set(sbom.dependencies.map(({ ref }) => ref));
  expect(others.filter(({ purl }) => !refs.has(purl))).toEqual([]);
});

function hasHash({ purl, version, externalReferences = [] }: Component): boolean {
  const hashes = externalReferences.flatMap((each) => each.hashes ?? []);
  return purl.endsWith(`@${version}`) && hashes.some(({ alg }) => alg === 'SHA-512');
}

/** Returns the arguments of pnpm in the script `sbom` of package.json, without its file. */
function sbomArguments(): string[] {
  const command: string = JSON.parse(repositoryFile('package.json')).scripts.sbom;
  return (command.split('&& pnpm ')[1] ?? '').replace(/ --out \S+$/, '').split(' ');
}
