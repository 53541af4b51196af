import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { temporaryFolder } from '@product-api/testing';
import { expect, onTestFinished, test } from 'vitest';
import { replacing } from './ablations.js';

test('a replacement can import the original module and its neighbours', async () => {
  const { file, remove } = await temporaryFolder();
  onTestFinished(remove);
  await writeFile(file('main.mjs'), `import { greet } from './greet.mjs'; console.log(greet());`);
  await writeFile(file('greet.mjs'), `export const greet = () => 'hello';`);
  await writeFile(file('name.mjs'), `export const name = 'world';`);
  const other = await temporaryFolder();
  onTestFinished(other.remove);
  await writeFile(
    other.file('other.mjs'),
    `import { greet as original } from './greet.mjs';
     import { name } from './name.mjs';
     export const greet = () => original() + ', ' + name;`,
  );
  const hook = replacing(pathToFileURL(file('greet.mjs')), pathToFileURL(other.file('other.mjs')));
  const args = ['--import', hook.href, file('main.mjs')];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(stdout.trim()).toBe('hello, world');
});
