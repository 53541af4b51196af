import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { temporaryFolder } from '@product-api/testing';
import { expect, onTestFinished, test } from 'vitest';

test('a replacement can import the original module and its neighbours', async () => {
  const program = await folderOf({
    'main.mjs': `import { greeting } from './greeting.mjs'; console.log(greeting());`,
    'greeting.mjs': `export const greeting = () => 'hello';`,
    'name.mjs': `export const name = 'world';`,
  });
  const elsewhere = await folderOf({
    'other-greeting.mjs': `
      import { greeting as original } from './greeting.mjs';
      import { name } from './name.mjs';
      export const greeting = () => original() + ', ' + name;`,
  });
  const hook = new URL('replace-module.js', import.meta.url);
  hook.searchParams.set('module', pathToFileURL(program.file('greeting.mjs')).href);
  hook.searchParams.set('by', pathToFileURL(elsewhere.file('other-greeting.mjs')).href);
  const args = ['--import', hook.href, program.file('main.mjs')];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(stdout.trim()).toBe('hello, world');
});

async function folderOf(files: Readonly<Record<string, string>>) {
  const folder = await temporaryFolder();
  onTestFinished(() => folder.remove());
  for (const [name, text] of Object.entries(files)) {
    await writeFile(folder.file(name), text);
  }
  return folder;
}
