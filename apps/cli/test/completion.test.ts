import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findFish, findZsh, type TemporaryFolder, temporaryFolder } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type InTerminal, startInTerminal } from './in-terminal.js';
import { runCatalog } from './run-catalog.js';

const execute = promisify(execFile);
const onPath = fileURLToPath(new URL('../../../bin/', import.meta.url));

let folder: TemporaryFolder;
let env: Record<string, string>;

beforeAll(async () => {
  folder = await temporaryFolder();
  const settings = { current: 'shop', profiles: { shop: { base_url: 'http://a', api_key: 'k' } } };
  await mkdir(folder.file('catalog'));
  await writeFile(folder.file('catalog/profiles.json'), JSON.stringify(settings), { mode: 0o600 });
  await writeFile(folder.file('lamp.json'), '{}');
  const PATH = `${onPath}:${dirname(process.execPath)}:${process.env['PATH']}`;
  env = { PATH, HOME: folder.path, XDG_CONFIG_HOME: folder.path, PS1: 'ready> ' };
});
afterAll(() => folder?.remove());

/** What is typed before Tab, and the line that the shell makes of it. */
const cases = [
  ['a command', 'catalog prod', 'catalog products '],
  ['a command of a group', 'catalog products li', 'catalog products list '],
  ['a command to get help for', 'catalog help prod', 'catalog help products '],
  ['a command after an option', 'catalog --output csv sto', 'catalog --output csv stock '],
  ['an option', 'catalog products list --out-', 'catalog products list --out-of-stock '],
  [
    'an option of every command',
    'catalog products list --verb',
    'catalog products list --verbose ',
  ],
  ['a value', 'catalog products list --sort -pr', 'catalog products list --sort -price '],
  ['a value after =', 'catalog products list --sort=na', 'catalog products list --sort=name '],
  ['the last of several columns', 'catalog products list --columns id,pri', '--columns id,price '],
  ['a value with a colon', 'catalog keys create x --scope stock:w', '--scope stock:write '],
  ['a profile', 'catalog products list --profile sh', 'catalog products list --profile shop '],
  ['a profile to use', 'catalog profiles use sh', 'catalog profiles use shop '],
  ['a file', 'catalog products create --file lam', 'catalog products create --file lamp.json '],
] as const;

/** Types each line, and checks what the shell makes of it; Ctrl-U or Ctrl-C clears the line. */
async function completeAll(terminal: InTerminal): Promise<void> {
  for (const [, typed, completed] of cases) {
    terminal.type(`${typed}\t#`);
    await terminal.shows(`${completed}#`);
    terminal.type('\x15');
  }
}

describe('bash', () => {
  test('completes commands, options and values', async () => {
    const terminal = startInTerminal('bash --norc --noprofile -i', env);
    terminal.type(`cd ${folder.path}; eval "$(catalog completion bash)"; echo loaded-$((1))\r`);
    await terminal.shows('loaded-1');
    await completeAll(terminal);
  });

  test('never runs what stands on the command line', async () => {
    const terminal = startInTerminal('bash --norc --noprofile -i', env);
    terminal.type('eval "$(catalog completion bash)"; echo loaded-$((1))\r');
    await terminal.shows('loaded-1');
    terminal.type(`catalog "$(touch ${folder.file('ran')})" prod\t#\x15`);
    terminal.type(`ls ${folder.path}; echo listed-$((1))\r`);
    expect(await terminal.shows('listed-1')).not.toMatch(/^ran\b/m);
  });
});

describeWith('shells')('zsh', () => {
  test('completes commands, options and values', async () => {
    const terminal = startInTerminal(`${await findZsh()} -f -i`, env);
    const load = 'autoload -Uz compinit; compinit -u -D; eval "$(catalog completion zsh)"';
    terminal.type(`cd ${folder.path}; ${load}; echo loaded-$((1))\r`);
    await terminal.shows('loaded-1');
    await completeAll(terminal);
    // A value without a description has no separator behind it.
    terminal.type('catalog products list --sort \t');
    expect(await terminal.shows('relevance')).not.toMatch(/relevance +--/);
  });
});

describeWith('shells')('fish', () => {
  test('completes commands, options and values', async () => {
    const load = 'cd $HOME; catalog completion fish | source';
    const lines = cases.map(([, typed]) => `complete -C '${typed}'`);
    const script = [load, ...lines].join('\n');
    const { stdout } = await execute(await findFish(), ['--no-config', '-c', script], { env });
    const words = stdout.split('\n').map((line) => line.split('\t')[0]);
    expect(words.filter((word) => word !== '')).toEqual(
      cases.map(([, , completed]) => completed.trim().split(' ').at(-1)),
    );
  });
});

test('the candidates of another word than a known one are none', async () => {
  const words = ['complete', '--', 'products', 'get', '--unknown', ''];
  expect(await runCatalog(words, { baseUrl: 'http://a' })).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: '',
  });
});
