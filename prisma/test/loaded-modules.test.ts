import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** Loads the built package, and prints the files of CommonJS modules that this has loaded. */
const program = `
  import { createRequire } from 'node:module';
  await import(process.argv[1]);
  console.log(JSON.stringify(Object.keys(createRequire(process.argv[1]).cache)));`;

test('the driver of PostgreSQL is not loaded before it is used', async () => {
  const entry = new URL('../dist/index.js', import.meta.url).href;
  const args = ['--input-type=module', '--eval', program, entry];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const files: string[] = JSON.parse(stdout);
  const packages = files.map((file) => /.*\/node_modules\/([^/]+)/.exec(file)?.[1]);
  expect(packages).toContain('libsql');
  expect(packages).not.toContain('pg');
});
