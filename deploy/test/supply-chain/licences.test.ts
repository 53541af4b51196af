import { expect, test } from 'vitest';
import { runPnpm } from './run-pnpm.ts';

/** Licences that allow to pass the programs on in any form, if their texts go with them. */
const allowed = [
  '(MPL-2.0 OR Apache-2.0)',
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  // url-template, whose text is that of BSD-3-Clause.
  'BSD',
  'BlueOak-1.0.0',
  'ISC',

  'MIT',
  'Python-2.0',
];

interface LicensedPackage {
  readonly name: string;
  readonly versions: readonly string[];
}

test('the programs have only dependencies with these licences', async () => {
  const programs = ['api', 'cli', 'client'].map((name) => `--filter-prod=@product-api/${name}...`);
  const list = await runPnpm([...programs, 'licenses', 'list', '--prod', '--json']);
  const byLicence: Record<string, LicensedPackage[]> = JSON.parse(list);
  expect(byLicence['MIT']?.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['express', 'ioredis', 'commander']),
  );
  const others = Object.entries(byLicence).filter(([licence]) => !allowed.includes(licence));
  expect(others.map(([licence, packages]) => [licence, packages.map(({ name }) => name)])).toEqual(
    [],
  );
});
