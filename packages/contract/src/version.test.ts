import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { productApiVersion } from './version.js';

test.each(['.', 'packages/contract', 'packages/client', 'apps/api', 'apps/cli'])(
  'the package in %s has this version',
  (folder) => {
    const manifest = new URL(`../../../${folder}/package.json`, import.meta.url);
    expect(JSON.parse(readFileSync(manifest, 'utf8')).version).toBe(productApiVersion);
  },
);
